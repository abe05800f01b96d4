import { byCodeUnits } from '../../kernel/order.ts';
import type { Value } from '../../kernel/value.ts';
import { type Obstacle, obstacleIn } from './obstacle.ts';
import type { Operation } from './operation.ts';
import { findOrder, finished, type Kept, type Limits, type Ordering } from './orders.ts';
import type { Specification } from './specification.ts';
import { textOf } from './values.ts';

/** What a history was found to be. */
export type ConsistencyVerdict = 'consistent' | 'violated' | 'unknown';

/** The verdict over one object. */
export interface ObjectVerdict {
  /** Null where the specification knows no keys. */
  readonly key: Value;
  readonly verdict: ConsistencyVerdict;
  readonly operations: readonly Operation[];
  readonly ranOut: Ordering['ranOut'];
  /** Where it is violated, unless something ran out before that was known. */
  readonly obstacle: Obstacle | null;
}

/** The verdict over a history. */
export interface OrderVerdict {
  readonly verdict: ConsistencyVerdict;
  readonly ranOut: Ordering['ranOut'];
  /** In the order of their keys' texts. */
  readonly objects: readonly ObjectVerdict[];
}

function* checkObject(
  specification: Specification,
  [key, operations]: readonly [Value, readonly Operation[]],
  kept: Kept,
  limits: Limits,
): Generator<void, ObjectVerdict> {
  const { found, ranOut, stuckAt } = yield* findOrder(specification, operations, kept, limits);
  const verdict: ConsistencyVerdict = found === null ? 'unknown' : found ? 'consistent' : 'violated';
  const obstacle = verdict === 'violated' && kept === 'all' ? yield* obstacleIn(specification, operations, stuckAt, limits) : null;
  return { key, verdict, operations, ranOut, obstacle };
}

/** The operations on each object, by key. */
const byObject = ({ keyOf }: Specification, operations: readonly Operation[]): readonly (readonly [Value, readonly Operation[]])[] => {
  if (keyOf === undefined) return [[null, operations]];
  const objects = new Map<string, [Value, Operation[]]>();
  for (const operation of operations) {
    const key = keyOf(operation.call);
    const known = objects.get(textOf(key));
    if (known === undefined) objects.set(textOf(key), [key, [operation]]);
    else known[1].push(operation);
  }
  return [...objects].sort(([a], [b]) => byCodeUnits(a, b)).map(([, object]) => object);
};

const overall = (objects: readonly ObjectVerdict[]): OrderVerdict => {
  const has = (wanted: ConsistencyVerdict): boolean => objects.some(({ verdict }) => verdict === wanted);
  const verdict = has('violated') ? 'violated' : has('unknown') ? 'unknown' : 'consistent';
  return { verdict, ranOut: objects.find(({ ranOut }) => ranOut !== null)?.ranOut ?? null, objects };
};

/** {@link checkLinearizable}, in pieces. */
export function* checkingLinearizable(specification: Specification, operations: readonly Operation[], limits: Limits): Generator<void, OrderVerdict> {
  const objects: ObjectVerdict[] = [];
  for (const object of byObject(specification, operations)) objects.push(yield* checkObject(specification, object, 'all', limits));
  return overall(objects);
}

/** Many objects as one: the state is a Map of theirs. What is not local, such as sequential consistency, is asked of all of them together. */
const together = (specification: Specification): Specification => {
  const { keyOf } = specification;
  if (keyOf === undefined) return specification;
  const { keyOf: _, ...one } = specification;
  return {
    ...one,
    start: new Map(),
    step: (state, call) => {
      const key = textOf(keyOf(call));
      const objects = state as ReadonlyMap<Value, Value>;
      const answers = specification.step(objects.get(key) ?? specification.start, call);
      return (Array.isArray(answers) ? answers : [answers]).map((answer) => ({
        state: new Map([...objects, [key, answer.state as Value]]),
        output: answer.output as Value,
      }));
    },
    readOnly: () => false,
  };
};

/** {@link checkSequential}, in pieces. */
export function* checkingSequential(specification: Specification, operations: readonly Operation[], limits: Limits): Generator<void, OrderVerdict> {
  return overall([yield* checkObject(together(specification), [null, operations], 'own', limits)]);
}

const usualLimits: Limits = { configurations: 1_000_000 };

/** Whether all operations seem to happen one after the other, each between its call and its return; each object by itself. */
export const checkLinearizable = (specification: Specification, operations: readonly Operation[], limits: Limits = usualLimits): OrderVerdict =>
  finished(checkingLinearizable(specification, operations, limits));

/** Whether all operations seem to happen one after the other, each client's own in the order in which it called them; all objects together. */
export const checkSequential = (specification: Specification, operations: readonly Operation[], limits: Limits = usualLimits): OrderVerdict =>
  finished(checkingSequential(specification, operations, limits));
