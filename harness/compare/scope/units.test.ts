import { describe, expect, it } from 'vitest';
import { UnitWords } from './units.ts';

const wordsOf = () => new UnitWords({ interaction: ['Conversation', ' Engagement'] });

describe('words for units', () => {
  it.each([
    ['seat', 'User'],
    ['seat', 'Person'],
    ['SEAT ', 'user'],
    ['seats', 'User'],
    ['unit', 'Unit'],
    ['unit', 'Each'],
    ['unit', 'EA'],
    ['unit', 'Message'],
    ['unit', 'User'],
    ['number', 'PhoneNumber'],
    ['message', 'Message'],
    ['minutes', 'Minute'],
    ['GB', 'gb'],
    ['interaction', 'Conversation'],
    ['token', 'Token'],
    ['Interaction ', 'engagement'],
    ['message', 'Unit'],
    ['bus', 'BUS'],
    ['seat', 'employees'],
  ])('%s and %s mean the same', (legacy, contract) => {
    expect(wordsOf().relation(legacy, contract).kind).toBe('same');
  });

  it.each([
    ['seat', 'GB'],
    ['message', 'Minute'],
    ['unit', 'Minute'],
    ['unit', 'GBs'],
    ['Parsec', 'Each'],
    ['Conversation', 'interaction'],
    ['minute', 'Unit'],
    ['hour', 'Character'],
    ['hour', 'User'],
    ['user', 'Hour'],
    ['seat', 'Message'],
    ['interaction', 'Message'],
    ['GBs', 'GB'],
  ])('%s and %s are not paired', (legacy, contract) => {
    expect(wordsOf().relation(legacy, contract).kind).toBe('unpaired');
  });

  it.each([
    ['hour', 'Minute', '60', '1 hour is 60 Minute'],
    ['day', 'Hour', '24', '1 day is 24 Hour'],
    ['character', 'MillionCharacters', '0.000001', '1000000 character is 1 MillionCharacters'],
  ])('%s and %s are sizes of one thing', (legacy, contract, ratio, said) => {
    expect(wordsOf().relation(legacy, contract)).toEqual({ kind: 'proportional', ratio, words: said });
  });

  it('lets lines be added whose words mean the same both ways', () => {
    expect(wordsOf().same('User', 'Person')).toBe(true);
    expect(wordsOf().same('users', 'User')).toBe(true);
    expect(wordsOf().same('hour', 'Minute')).toBe(false);
    expect(wordsOf().same('Conversation', 'interaction')).toBe(false);
    expect(wordsOf().same('interaction', 'Conversation')).toBe(false);
  });
});
