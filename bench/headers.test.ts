import { expect, test } from 'vitest';
import { readEra1 } from '../spec/blockchain/era1/read.ts';
import { writeEra1 } from '../spec/blockchain/era1/write.ts';
import { realData } from '../vitest.data.ts';
import { measureHeaders } from './headers.ts';
import { firstBlocks } from './held.ts';

const file = 'mainnet-00000-5ec1ffb8.era1';

// How fast is what `npm run bench -- headers` tells: a test shares its processor with others.
test('all headers of a file are verified while they are timed', (context) => {
  const rates = measureHeaders(firstBlocks(realData(context, file), 300), 1);
  expect(rates.headers).toBe(300);
  expect(Math.min(rates.limit, rates.verified, rates.throughChain, rates.imported)).toBeGreaterThan(0);
});

test('headers that break a rule are not timed', (context) => {
  const { blocks } = readEra1(firstBlocks(realData(context, file), 20));
  const [genesis, one, , ...rest] = blocks;
  if (genesis === undefined || one === undefined) throw new Error('the file has blocks');
  expect(() => measureHeaders(writeEra1([genesis, one, ...rest]), 1)).toThrow(/block/);
});
