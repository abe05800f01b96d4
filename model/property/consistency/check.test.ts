import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../kernel/value.ts';
import type { Heard } from '../property.ts';
import { checkLinearizable, checkSequential } from './check.ts';
import { history, operationsOf } from './history.ts';
import { linearizable } from './linearizable.ts';
import { models, registerOf } from './objects.ts';
import type { Operation } from './operation.ts';
import { type Event, eventsFor, hasOrder, operationsIn, programOrder, realTime } from './random-histories.ts';
import type { Call, Ending, Specification } from './specification.ts';

const call = (operation: string, input: Value = null): Call => ({ operation, input });

/** An object, what is asked of it, and what it may be said to have answered: few things, so that chance meets sense. */
const subjects: readonly (readonly [Specification, readonly Call[], readonly Value[]])[] = [
  [registerOf(0), [call('read'), call('read'), call('write', 1), call('write', 2)], [0, 1, 2]],
  [models['cas-register'], [call('read'), call('write', 1), call('cas', [1, 2]), call('cas', [2, 1])], [null, 1, 2, true, false]],
  [models.queue, [call('enqueue', 1), call('enqueue', 2), call('dequeue'), call('dequeue')], [null, 1, 2]],
  [models['unordered-queue'], [call('enqueue', 1), call('enqueue', 2), call('dequeue'), call('dequeue')], [null, 1, 2]],
  [models.mutex, [call('acquire'), call('acquire'), call('release')], [null]],
  [models.counter, [call('add', 1), call('add', 2), call('read'), call('read')], [null, 0, 1, 2, 3]],
];

/** Half of the writes and the like are said to have answered what they do answer, or nearly no history would be consistent. */
const sensible = (events: readonly Event[]): readonly Event[] => {
  const last = new Map<string, Call>();
  return events.map((event) => {
    if (event.call !== undefined) last.set(event.client, event.call);
    const asked = last.get(event.client)?.operation;
    return event.ending?.type === 'returned' && ['write', 'enqueue', 'add', 'acquire', 'release'].includes(asked ?? '')
      ? { ...event, ending: { type: 'done' } }
      : event;
  });
};

const histories = fc
  .constantFrom(...subjects)
  .chain(([specification, calls, outputs]) => fc.tuple(fc.constant(specification), eventsFor(calls, outputs, 3, 6).map(sensible)));

const heard = ({ client, call: begun, ending }: Event): Heard => {
  const effect =
    begun === undefined
      ? { type: 'return', operation: '', id: 0, outcome: { definite: true, value: ending as unknown as Value } }
      : { type: 'invoke', id: 0, ...begun };
  return { host: client, role: 'client', effect, local: {} } as unknown as Heard;
};

const reading = { ending: (_: Call, outcome: { readonly value?: Value }) => outcome.value as unknown as Ending } as never;

/** After each event: whether the monitor is content. */
const monitored = (model: Specification, events: readonly Event[]): readonly boolean[] => {
  const monitor = linearizable({ model, ...(reading as object) });
  let state = monitor.initial;
  return events.map((event) => monitor.holds?.((state = monitor.next(state, heard(event)))) ?? true);
};

/** Where the first prefix ends that no order explains, by trying every order of every prefix. */
const firstBad = (specification: Specification, events: readonly Event[]): number =>
  events.findIndex((_, at) => !hasOrder(specification, operationsIn(events.slice(0, at + 1)), realTime));

const runs = { numRuns: 2_000 };

describe('checkers against every order of small histories', () => {
  it('linearizability, and the longest linearizable prefix', () => {
    const seen = { consistent: 0, violated: 0 };
    fc.assert(
      fc.property(histories, ([specification, events]) => {
        const operations = operationsIn(events);
        const { verdict, objects } = checkLinearizable(specification, operations);
        const bad = firstBad(specification, events);
        seen[verdict as keyof typeof seen]++;
        expect(verdict).toBe(bad < 0 ? 'consistent' : 'violated');
        expect(objects[0]?.obstacle?.operation.ends ?? -1).toBe(bad);
      }),
      runs,
    );
    expect(Math.min(seen.consistent, seen.violated)).toBeGreaterThan(runs.numRuns / 5);
  });

  it('where most writes time out', () => {
    const open = fc.array(fc.tuple(fc.boolean(), fc.nat(2)), { minLength: 2, maxLength: 7 }).map((steps) =>
      steps.flatMap(([isWrite, value], at): Event[] => {
        const client = String(at);
        const ending: Ending = isWrite ? { type: 'indefinite' } : { type: 'returned', output: value };
        return [
          { client, call: isWrite ? call('write', value) : call('read') },
          { client, ending },
        ];
      }),
    );
    fc.assert(
      fc.property(open, (events) => {
        const bad = firstBad(models.register, events);
        expect(checkLinearizable(models.register, operationsIn(events)).objects[0]?.obstacle?.operation.ends ?? -1).toBe(bad);
        expect(monitored(models.register, events)).toEqual(events.map((_, at) => bad < 0 || at < bad));
      }),
      { numRuns: 1_000 },
    );
  });

  it('the monitor, at each event', () => {
    fc.assert(
      fc.property(histories, ([specification, events]) => {
        const bad = firstBad(specification, events);
        expect(monitored(specification, events)).toEqual(events.map((_, at) => bad < 0 || at < bad));
      }),
      runs,
    );
  });

  it('sequential consistency', () => {
    let weaker = 0;
    fc.assert(
      fc.property(histories, ([specification, events]) => {
        const operations = operationsIn(events);
        const expected = hasOrder(specification, operations, programOrder);
        expect(checkSequential(specification, operations).verdict).toBe(expected ? 'consistent' : 'violated');
        if (expected && !hasOrder(specification, operations, realTime)) weaker++;
      }),
      runs,
    );
    // A checker that forgot real time would pass these.
    expect(weaker).toBeGreaterThan(20);
  });

  it('what else could have been returned, and what stands in the way', () => {
    fc.assert(
      fc.property(histories, ([specification, events]) => {
        const obstacle = checkLinearizable(specification, operationsIn(events)).objects[0]?.obstacle;
        if (obstacle == null) return;
        const { operation, possible, blocker } = obstacle;
        const until = operationsIn(events.slice(0, operation.ends + 1));
        const differently = (change: Partial<Operation>): boolean =>
          hasOrder(
            specification,
            until.map((each) => (each.ends === operation.ends ? { ...each, ...change } : each)),
            realTime,
          );
        if (operation.ending.type === 'returned') {
          const outputs: readonly Value[] = [null, 0, 1, 2, 3, 4, 5, 6, true, false];
          const others = outputs.filter((output) => differently({ ending: { type: 'returned', output } }));
          expect(
            possible
              .filter((output) => outputs.includes(output))
              .map(String)
              .sort(),
          ).toEqual(others.map(String).sort());
        }
        if (blocker === null) expect(differently({ begins: -1 })).toBe(false);
        else {
          expect(differently({ begins: blocker.ends })).toBe(true);
          expect(differently({ begins: blocker.ends + 1 })).toBe(false);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('a history that a monitor kept is as linearizable as the one that happened', () => {
    fc.assert(
      fc.property(histories, ([specification, events]) => {
        const monitor = history(reading);
        const kept = operationsOf(events.reduce<Value>((state, event) => monitor.next(state, heard(event)), monitor.initial));
        const happened = operationsIn(events);
        expect(kept.length).toBe(happened.length);
        for (const check of [checkLinearizable, checkSequential])
          expect(check(specification, kept).verdict).toBe(check(specification, happened).verdict);
      }),
      { numRuns: 1_500 },
    );
  });
});

it('objects with keys are checked one by one, and together where order between them matters', () => {
  const operation = (client: string, name: string, input: Value, output: Value, begins: number): Operation => ({
    ...{ client, call: call(name, input), ending: { type: 'returned', output } },
    ...{ begins, ends: begins + 1 },
  });
  // Two clients, each of which writes one key and then does not see what the other wrote: no order of all explains both.
  const crossed = [
    operation('a', 'put', { key: 'x', value: 1 }, null, 0),
    operation('b', 'put', { key: 'y', value: 1 }, null, 2),
    operation('a', 'get', { key: 'y' }, null, 4),
    operation('b', 'get', { key: 'x' }, null, 6),
  ];
  expect(checkSequential(models['key-value'], crossed).verdict).toBe('violated');
  expect(checkSequential(models['key-value'], crossed.slice(0, 3)).verdict).toBe('consistent');
  expect(checkLinearizable(models['key-value'], crossed.slice(0, 3)).objects.map(({ key, verdict }) => [key, verdict])).toEqual([
    ['x', 'consistent'],
    ['y', 'violated'],
  ]);
});

it('what runs out is told, and is no verdict', () => {
  const writes = Array.from(
    { length: 12 },
    (_, index): Operation => ({
      ...{ client: String(index), call: call('write', index), ending: { type: 'done' } },
      ...{ begins: index, ends: 100 + index },
    }),
  );
  const read = (value: Value): Operation => ({
    ...{ client: 'r', call: call('read'), ending: { type: 'returned', output: value } },
    ...{ begins: 200, ends: 201 },
  });
  const impossible = [...writes, read('never')];
  expect(checkLinearizable(models.register, impossible, { configurations: 1_000 })).toMatchObject({ verdict: 'unknown', ranOut: 'configurations' });
  expect(checkLinearizable(models.register, impossible, { configurations: 1_000_000, shouldStop: () => true })).toMatchObject({
    verdict: 'unknown',
    ranOut: 'interrupted',
  });
  expect(checkLinearizable(models.register, [...writes, read(3)]).verdict).toBe('consistent');
});
