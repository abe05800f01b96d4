import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../kernel/value.ts';
import { checkCloseToOpen } from './close-to-open.ts';
import type { Operation } from './operation.ts';

type Told = readonly [client: string, operation: 'open' | 'close' | 'read' | 'write', value?: Value];

/** One operation after the other, on one file. */
const told = (...steps: readonly Told[]): readonly Operation[] =>
  steps.map(
    ([client, operation, value = null], at): Operation => ({
      client,
      call: { operation, input: operation === 'write' ? { file: 'f', value } : { file: 'f' } },
      ending: operation === 'read' ? { type: 'returned', output: value } : { type: 'done' },
      begins: 2 * at,
      ends: 2 * at + 1,
    }),
  );

const sentences = (...steps: readonly Told[]): readonly string[] => checkCloseToOpen(told(...steps)).stale.map(({ sentence }) => sentence);

describe('close-to-open', () => {
  it('who opens sees what was closed before', () => {
    const closed: readonly Told[] = [
      ['a', 'open'],
      ['a', 'write', 1],
      ['a', 'close'],
    ];
    expect(sentences(...closed, ['b', 'open'], ['b', 'read', 1])).toEqual([]);
    expect(sentences(...closed, ['b', 'open'], ['b', 'read', null])).toEqual([
      'process b read null from f, although process a had written 1 and closed before it opened the file.',
    ]);
    expect(sentences(...closed, ['b', 'open'], ['b', 'write', 2], ['b', 'close'], ['a', 'open'], ['a', 'read', 1])).toEqual([
      'process a read 1 from f, although process b had written 2 and closed before it opened the file.',
    ]);
  });

  it('who has it open at the same time may see either', () => {
    const open: readonly Told[] = [
      ['b', 'open'],
      ['a', 'open'],
      ['a', 'write', 1],
    ];
    for (const value of [null, 1]) {
      expect(sentences(...open, ['b', 'read', value])).toEqual([]);
      expect(sentences(...open, ['a', 'close'], ['b', 'read', value])).toEqual([]);
    }
    expect(sentences(...open, ['b', 'read', 2])).toEqual(['process b read 2 from f, which nobody had written.']);
  });

  it('a client sees its own writes, and two that write at the same time may overwrite each other', () => {
    expect(sentences(['a', 'open'], ['a', 'write', 1], ['a', 'read', null])).toEqual([
      'process a read null from f, although it had itself written 1.',
    ]);
    expect(sentences(['a', 'open'], ['a', 'write', 1], ['a', 'write', 2], ['a', 'read', 1])).toEqual([
      'process a read 1 from f, although it had itself written 2.',
    ]);
    const both: readonly Told[] = [
      ['a', 'open'],
      ['b', 'open'],
      ['a', 'write', 1],
      ['b', 'write', 2],
      ['a', 'close'],
      ['b', 'close'],
      ['c', 'open'],
    ];
    for (const value of [1, 2]) expect(sentences(...both, ['c', 'read', value])).toEqual([]);
    expect(sentences(...both, ['c', 'read', null])).toHaveLength(1);
  });

  it('refuses what is done to a file that is not open', () => {
    expect(() => sentences(['a', 'read', 1])).toThrow(/has not opened/);
  });

  it('a server that flushes at close and fetches at open is never accused; one that fetches late or forgets a flush is', () => {
    const step = fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom<'toggle' | 'read' | 'write'>('toggle', 'toggle', 'read', 'write'));
    let forgotten = 0;
    const run = (steps: readonly (readonly [string, string])[], forgets: boolean): readonly Told[] => {
      let [server, next]: [Value, number] = [null, 0];
      const cached = new Map<string, { value: Value; dirty: boolean }>();
      return steps.flatMap(([client, kind]): readonly Told[] => {
        const cache = cached.get(client);
        if (kind === 'toggle' && cache === undefined) {
          cached.set(client, { value: server, dirty: false });
          return [[client, 'open']];
        }
        if (cache === undefined) return [];
        if (kind === 'toggle') {
          if (cache.dirty && !forgets) server = cache.value;
          cached.delete(client);
          return [[client, 'close']];
        }
        if (kind === 'write') cached.set(client, { value: ++next, dirty: true });
        return kind === 'write' ? [[client, 'write', next]] : [[client, 'read', cache.value]];
      });
    };
    fc.assert(
      fc.property(fc.array(step, { minLength: 15, maxLength: 30 }), (steps) => {
        expect(sentences(...run(steps, false))).toEqual([]);
        if (sentences(...run(steps, true)).length > 0) forgotten++;
      }),
      { numRuns: 500 },
    );
    expect(forgotten).toBeGreaterThan(50);
  });
});
