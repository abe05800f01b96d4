import { gunzipSync } from 'node:zlib';
import { RLP } from '@ethereumjs/rlp';
import { expect, test } from 'vitest';
import { realData } from '../../../vitest.data.ts';
import { decodeHeader, type HeaderFields } from '../chains/exact-header.ts';
import { difficultyOver } from '../chains/exact-rules.ts';
import {
  atlantisAdjustment,
  bomb,
  classicDifficulty,
  difficultyBy,
  type DifficultyRule,
  frontierAdjustment,
  homesteadAdjustment,
} from './difficulty.ts';

type Vector = { readonly [field: string]: string };

/** Ethereum's own forks, to which the published vectors belong; its Byzantium delays the bomb by three million blocks (EIP-649). */
const forks: { readonly [name: string]: DifficultyRule } = {
  Frontier: (input) => frontierAdjustment(input) + bomb(input.number),
  Homestead: (input) => homesteadAdjustment(input) + bomb(input.number),
  Byzantium: (input) => atlantisAdjustment(input) + bomb(input.number < 3_000_000n ? 0n : input.number - 3_000_000n),
};

test.for(Object.entries(forks))('every published vector of %s', ([fork, rule], context) => {
  const text = new TextDecoder().decode(realData(context, `difficulty/difficulty${fork}.json`));
  const { [fork]: vectors } = (JSON.parse(text) as { [file: string]: { [fork: string]: { [test: string]: Vector } } })[`difficulty${fork}`] ?? {};
  const all = Object.entries(vectors ?? {});
  expect(all.length).toBeGreaterThan(2_000);
  for (const [name, vector] of all) {
    const value = (field: string): bigint => BigInt(vector[field] ?? 'missing');
    const difficulty = rule({
      number: value('currentBlockNumber'),
      seconds: value('currentTimestamp') - value('parentTimestamp'),
      parentDifficulty: value('parentDifficulty'),
      parentHasOmmers: value('parentUncles') !== 0n,
    });
    if (difficulty !== value('currentDifficulty')) expect(`${name}: ${difficulty}`).toBe(`${name}: ${value('currentDifficulty')}`);
  }
});

test('the bomb adds nothing in the first 200,000 blocks', () => {
  expect([0n, 8_191n, 100_000n, 199_999n].map(bomb)).toEqual([0n, 0n, 0n, 0n]);
  expect([200_000n, 300_000n, 3_000_000n].map(bomb)).toEqual([1n, 2n, 1n << 28n]);
});

test('the bomb of Classic stands still for two million blocks, runs on, and is removed', () => {
  const classic = difficultyBy(classicDifficulty);
  // Ten seconds leave the difficulty as it is (EIP-2), so what is added is the bomb.
  const bombAt = (number: bigint): bigint => classic({ number, seconds: 10n, parentDifficulty: 1n << 40n, parentHasOmmers: false }) - (1n << 40n);
  expect([2_999_999n, 3_000_000n, 4_999_999n].map(bombAt)).toEqual([1n << 27n, 1n << 28n, 1n << 28n]);
  expect([5_000_000n, 5_100_000n, 5_899_999n, 5_900_000n].map(bombAt)).toEqual([1n << 28n, 1n << 29n, 1n << 36n, 0n]);
});

/** The blocks of a file that is nothing but their RLP, one after the other. */
function* blocksIn(bytes: Uint8Array): Generator<HeaderFields> {
  for (let rest = bytes; rest.length > 0; ) {
    const { data, remainder } = RLP.decode(rest.subarray(0, 1 << 20), true) as unknown as { data: [Uint8Array[]]; remainder: Uint8Array };
    rest = rest.subarray(Math.min(rest.length, 1 << 20) - remainder.length);
    yield decodeHeader(RLP.encode(data[0])) as HeaderFields;
  }
}

test('1,467 blocks that Core Geth made under the rules of Classic, with every fork at a thousandth', (context) => {
  const rule = difficultyBy({ homestead: 115n, atlantis: 877n, bombHeld: { from: 300n, blocks: 200n }, bombRemoved: 590n });
  const headers = [...blocksIn(gunzipSync(realData(context, 'classic-condensed.rlp.gz')))];
  expect(headers.length).toBe(1_468);
  headers.slice(1).forEach((header, at) => {
    const expected = difficultyOver(rule, headers[at] as HeaderFields, header.timestamp);
    if (header.difficulty !== expected) expect(`${header.number}: ${header.difficulty}`).toBe(`${header.number}: ${expected}`);
  });
});
