import * as fc from 'fast-check';
import type { Operation } from './operation.ts';
import { answersTo, type Call, type Ending, type Specification } from './specification.ts';
import type { Value } from '../../kernel/value.ts';

/** Small histories at random, and what a checker must find in them by the definition alone: for tests. */

/** A call or an ending of a client, in the order in which they happened. */
export interface Event {
  readonly client: string;
  readonly call?: Call;
  readonly ending?: Ending;
}

/** A history of at most so many operations; each ends as it likes, not as an object would have it. */
export const eventsFor = (calls: readonly Call[], outputs: readonly Value[], clients: number, most: number): fc.Arbitrary<readonly Event[]> => {
  const ending: fc.Arbitrary<Ending> = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...outputs).map((output): Ending => ({ type: 'returned', output })) },
    { weight: 1, arbitrary: fc.constant<Ending>({ type: 'indefinite' }) },
    { weight: 1, arbitrary: fc.constant<Ending>({ type: 'failed' }) },
    { weight: 1, arbitrary: fc.constant<Ending>({ type: 'done' }) },
  );
  return fc.array(fc.tuple(fc.nat(clients - 1), fc.constantFrom(...calls), ending), { maxLength: 2 * most }).map((steps) => {
    const open = new Set<string>();
    let begun = 0;
    return steps.flatMap(([number, call, end]): Event[] => {
      const client = String(number);
      if (open.delete(client)) return [{ client, ending: end }];
      if (begun >= most) return [];
      begun++;
      open.add(client);
      return [{ client, call }];
    });
  });
};

/** The operations of a history; what has not ended is open. */
export const operationsIn = (events: readonly Event[]): readonly Operation[] =>
  events.flatMap(({ client, call }, begins): Operation[] => {
    if (call === undefined) return [];
    const at = events.findIndex((event, index) => index > begins && event.client === client && event.ending !== undefined);
    const ending: Ending = events[at]?.ending ?? { type: 'indefinite' };
    return [{ client, call, ending, begins, ends: ending.type === 'indefinite' ? Number.POSITIVE_INFINITY : at }];
  });

/** Whether some order explains the operations: all that took effect, and any of those that may have; every order is tried. */
export const hasOrder = (
  specification: Specification,
  operations: readonly Operation[],
  before: (a: Operation, b: Operation) => boolean,
): boolean => {
  const place = (left: readonly Operation[], state: Value): boolean => {
    if (left.every(({ ending }) => ending.type === 'indefinite')) return true;
    return left.some((next) => {
      if (left.some((other) => other !== next && other.ending.type !== 'indefinite' && before(other, next))) return false;
      const { ending } = next;
      return answersTo(specification, state, next.call).some(
        (answer) =>
          (ending.type !== 'returned' || JSON.stringify(answer.output) === JSON.stringify(ending.output)) &&
          place(
            left.filter((other) => other !== next),
            answer.state,
          ),
      );
    });
  };
  return place(
    operations.filter(({ ending }) => ending.type !== 'failed'),
    specification.start,
  );
};

export const realTime = (a: Operation, b: Operation): boolean => a.ends < b.begins;
export const programOrder = (a: Operation, b: Operation): boolean => a.client === b.client && a.begins < b.begins;
