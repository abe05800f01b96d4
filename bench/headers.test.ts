import { expect, test } from 'vitest';
import { realData } from '../vitest.data.ts';
import { measureHeaders } from './headers.ts';

test('verifying real headers takes at most twice what decoding and hashing them takes', (context) => {
  const rates = measureHeaders(realData(context, 'mainnet-00000-5ec1ffb8.era1'), 5);
  expect(rates.headers).toBe(8192);
  expect(rates.shareOfLimit).toBeGreaterThan(0.5);
  expect(rates.shareOfLimitThroughChain).toBeGreaterThan(0.5);
  expect(rates.imported).toBeGreaterThan(2_000);
});
