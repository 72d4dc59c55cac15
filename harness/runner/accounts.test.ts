/** What the accounts call compared, over real HTTP. */
import { describe, expect, it } from 'vitest';
import { detect } from './testing/detect.ts';

const accountOf = async (record: string) => {
  const { judgement } = await detect({ seed: 42, orgs: 8, defects: 'none' });
  return judgement.accounts.find((account) => account.record === record);
};

describe('accounts of a clean world', () => {
  it('calls the billing periods compared whose own answer was read', async () => {
    const account = await accountOf('billing-period');
    expect(account?.compared).toBeGreaterThan(0);
    expect(account?.outOfScope.map(({ reason }) => reason)).toEqual(['other-period']);
  });

  it('calls plan items of a contract that has ended not in force', async () => {
    const account = await accountOf('plan-item');
    expect(account?.compared).toBeGreaterThan(0);
    expect(account?.outOfScope.map(({ reason }) => reason)).toEqual(['not-in-force']);
  });
});
