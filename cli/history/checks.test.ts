import { describe, expect, it } from 'vitest';
import { judges } from './checks.ts';
import type { Consistency } from './consistencies.ts';
import { readEvents } from './events.ts';
import type { Judged } from './judged.ts';

const verdictOf = (model: string, consistency: Consistency, text: string): Judged['verdict'] => {
  const { events } = readEvents(text, 'h');
  const limits = { configurations: 1_000, shouldStop: () => false };
  const judging = judges[consistency](model as never, { file: 'h', events, limits, initial: null });
  for (;;) {
    const { done, value } = judging.next();
    if (done) return value.verdict;
  }
};

describe('a history is judged', () => {
  it('of transactions that say read and write in full, as of those that do not', () => {
    const stale = (read: string, write: string): string =>
      [`0 :invoke :txn [[${write} x 1]]`, `0 :ok :txn [[${write} x 1]]`, `1 :invoke :txn [[${read} x nil]]`, `1 :ok :txn [[${read} x nil]]`].join(
        '\n',
      );
    for (const [read, write] of [
      [':r', ':w'],
      [':read', ':write'],
    ] as const)
      expect([
        verdictOf('rw-register', 'serializable', stale(read, write)),
        verdictOf('rw-register', 'strict-serializable', stale(read, write)),
      ]).toEqual(['consistent', 'violated']);
  });

  it('of what was taken from a queue, with an order and without', () => {
    const took = (...values: readonly number[]): string =>
      ['0 :invoke :enqueue 1', '0 :ok :enqueue 1', ...values.flatMap((value) => ['1 :invoke :dequeue nil', `1 :ok :dequeue ${value}`])].join('\n');
    for (const model of ['queue', 'unordered-queue'])
      for (const consistency of ['at-most-once', 'linearizable'] as const)
        expect([took(1), took(1, 1)].map((text) => verdictOf(model, consistency, text))).toEqual(['consistent', 'violated']);
  });
});
