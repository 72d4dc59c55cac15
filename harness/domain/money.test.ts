import { describe, expect, it } from 'vitest';
import { decimal } from './decimal.ts';
import { formatAmount, isAtMinorUnit, minorUnit, parseCurrency, toMinorUnit } from './money.ts';

describe('currencies', () => {
  it('knows the minor units of ISO 4217', () => {
    expect([minorUnit('JPY'), minorUnit('USD'), minorUnit('KWD')]).toEqual([0, 2, 3]);
  });

  it('reads codes in any case and refuses what is none', () => {
    expect(parseCurrency(' usd ')).toBe('USD');
    expect(parseCurrency('US Dollar')).toBeNull();
  });

  it('rounds half-up to the minor unit', () => {
    expect(toMinorUnit(decimal('0.5'), 'JPY')).toBe('1');
    expect(toMinorUnit(decimal('1.005'), 'USD')).toBe('1.01');
    expect(toMinorUnit(decimal('1.0005'), 'KWD')).toBe('1.001');
    expect(isAtMinorUnit(decimal('1.5'), 'JPY')).toBe(false);
  });

  it('writes out the minor unit', () => {
    expect([
      formatAmount(decimal('12'), 'USD'),
      formatAmount(decimal('12.5'), 'USD'),
      formatAmount(decimal('12'), 'JPY'),
    ]).toEqual(['12.00', '12.50', '12']);
  });
});
