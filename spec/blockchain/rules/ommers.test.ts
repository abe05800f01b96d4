import { expect, test } from 'vitest';
import type { Body, Cell, Header, State } from '../chain.ts';
import { abstractChain } from '../chains/abstract.ts';
import { cellOver } from './import.ts';
import { eligibleOmmers, ommersFault } from './ommers.ts';

const chain = abstractChain();
const empty: State = new Map();
const child = (parent: Cell, beneficiary: string, ommers: readonly Header[] = []): Cell => {
  const block = chain.build({ parent, state: empty, timestamp: chain.timestamp(parent.header) + 10, beneficiary, transactions: [], ommers });
  return cellOver(chain, parent, block);
};
const withOmmers = (...ommers: readonly Header[]): Body => ({ transactions: [], ommers });

// Nine blocks in a row, and a sibling of each.
const main: Cell[] = [chain.genesis];
const side: Cell[] = [chain.genesis];
for (let number = 1; number <= 9; number++) {
  side.push(child(main[number - 1] as Cell, 'side'));
  main.push(child(main[number - 1] as Cell, 'main'));
}
const head = main[9] as Cell;
const ommer = (number: number): Header => (side[number] as Cell).header;

test('the block is number 10: its ommers may be numbers 9 to 4, whose parents stand at the depths 2 to 7', () => {
  expect([9, 8, 7, 6, 5, 4].map((number) => ommersFault(chain, withOmmers(ommer(number)), head))).toEqual(Array(6).fill(null));
  expect(ommersFault(chain, withOmmers(ommer(3)), head)).toBe('ommer is not kin');
  expect(ommersFault(chain, withOmmers(child(head, 'side').header), head)).toBe('ommer is not kin'); // A sibling of the block itself.
});

test('two at most, each once, never an ancestor, and valid', () => {
  expect(ommersFault(chain, withOmmers(ommer(7), ommer(8)), head)).toBe(null);
  expect(ommersFault(chain, withOmmers(ommer(6), ommer(7), ommer(8)), head)).toBe('too many ommers');
  expect(ommersFault(chain, withOmmers(ommer(7), ommer(7)), head)).toBe('ommer twice');
  expect(ommersFault(chain, withOmmers((main[8] as Cell).header), head)).toBe('ommer is an ancestor');
  const forged = (lie: 'seal' | 'difficulty' | 'timestamp'): Header => chain.forge({ header: ommer(8), body: withOmmers() }, lie).header;
  expect((['seal', 'difficulty', 'timestamp'] as const).map((lie) => ommersFault(chain, withOmmers(forged(lie)), head))).toEqual([
    'ommer seal',
    'ommer difficulty',
    'ommer timestamp',
  ]);
});

test('what an ancestor included is not included again', () => {
  const next = child(head, 'main', [ommer(8)]);
  expect(ommersFault(chain, withOmmers(ommer(8)), next)).toBe('ommer twice');
  expect(ommersFault(chain, withOmmers(ommer(9)), next)).toBe(null);
  expect(eligibleOmmers(chain, [ommer(8), ommer(3), ommer(9), ommer(7), ommer(6)], next)).toEqual([ommer(9), ommer(7)]);
});
