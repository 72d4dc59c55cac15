import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReportContext } from '../reporter.ts';
import { sampleContext } from '../testing/sample.ts';
import { NAMES } from '../testing/sample-parts.ts';
import { webhookReporter } from './webhook-reporter.ts';

async function written(change: (context: ReportContext) => Partial<ReportContext> = () => ({})): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'parity-webhook-'));
  const context = sampleContext({ out });
  const [file = ''] = await webhookReporter.write({ ...context, ...change(context) });
  return readFile(file, 'utf8');
}

interface Body {
  readonly text: string;
  readonly blocks: readonly { readonly text: { readonly text: string } }[];
}

describe('webhook.json', () => {
  it('is a message for Slack and a card for Teams (golden)', async () => {
    await expect(await written()).toMatchFileSnapshot('./testing/webhook.golden.json');
  });

  it('names no customer', async () => {
    const text = await written();
    expect(NAMES.filter((name) => text.includes(name))).toEqual([]);
  });

  it('keeps to the lengths that Slack takes, and lets no markup of the scenario through', async () => {
    const body = JSON.parse(
      await written(({ result }) => ({
        result: {
          ...result,
          run: { ...result.run, scenario: `<!channel> ${'&'.repeat(4000)}` },
          moneyAtRisk: Array.from({ length: 60 }, () => ({
            currency: 'USD',
            overBilled: '1'.repeat(15),
            underBilled: '1'.repeat(15),
          })),
          rootCauses: Array.from({ length: 60 }, () => ({ ...result.rootCauses[0], title: '&'.repeat(900) })) as never,
        },
      })),
    ) as Body;
    const [header, ...sections] = body.blocks.map(({ text }) => text.text);
    expect(header?.length).toBeLessThanOrEqual(150);
    for (const section of sections) expect(section.length).toBeLessThanOrEqual(3000);
    expect(body.text).not.toContain('<!channel>');
  });
});
