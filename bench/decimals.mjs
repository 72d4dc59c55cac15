/** What exactness costs: the arithmetic of one bill over decimals, against the same in floating point (which is wrong). */
import { add, decimal, multiply, parseDecimal } from '../dist/domain/decimal.js';

const COUNT = 2_000;
const texts = Array.from(
  { length: COUNT },
  (_, index) => `${(index * 7919) % 1000}.${String(index % 100).padStart(2, '0')}`,
);
const decimals = texts.map((text) => decimal(text));
const floats = texts.map(Number);

export default {
  name: `decimals: ${COUNT} figures`,
  cases: {
    'floating point: read and add': () => texts.reduce((total, text) => total + Number(text), 0),
    'exact: read and add': () => texts.reduce((total, text) => add(total, parseDecimal(text)), decimal(0)),
    'exact: read only': () => texts.map((text) => parseDecimal(text)),
    'exact: multiply and add': () =>
      decimals.reduce((total, figure) => add(total, multiply(figure, figure)), decimal(0)),
    'floating point: multiply and add': () => floats.reduce((total, figure) => total + figure * figure, 0),
    'exact: equality of 2,000': () => decimals.every((figure, index) => figure === decimals[index]),
  },
};
