import { byCodeUnits } from '../../kernel/order.ts';
import type { Value } from '../../kernel/value.ts';
import type { Operation } from './operation.ts';
import { findOrder, type Kept, type Limits, type Ordering } from './orders.ts';
import type { Call, Ending, Specification } from './specification.ts';
import { sameValue, textOf } from './values.ts';

/** What a history was found to be. */
export type ConsistencyVerdict = 'consistent' | 'violated' | 'unknown';

/** Why no order explains a history. */
export interface Obstacle {
  /** The operation whose return cannot be explained, when all that ended before it can. */
  readonly operation: Operation;
  /** What else it could have returned, as far as others returned it or the object would; sorted. */
  readonly possible: readonly Value[];
  /** The longest prefix of the history that has an order, as operations that had not ended leave it open. */
  readonly prefix: readonly Operation[];
  /** An order of that prefix: the operations that took effect. */
  readonly order: readonly Operation[];
}

/** The verdict over one object. */
export interface ObjectVerdict {
  /** Null where the specification knows no keys. */
  readonly key: Value;
  readonly verdict: ConsistencyVerdict;
  readonly operations: number;
  readonly ranOut: Ordering['ranOut'];
  readonly obstacle: Obstacle | null;
}

/** The verdict over a history. */
export interface OrderVerdict {
  readonly verdict: ConsistencyVerdict;
  readonly ranOut: Ordering['ranOut'];
  /** In the order of their keys' texts. */
  readonly objects: readonly ObjectVerdict[];
}

/** The history up to an ending: what began later is left out, and what ended later has not ended yet. */
const upTo = (operations: readonly Operation[], end: number): readonly Operation[] =>
  operations
    .filter(({ begins }) => begins < end)
    .map((operation) => (operation.ends <= end ? operation : { ...operation, ending: { type: 'indefinite' }, ends: Number.POSITIVE_INFINITY }));

/** Where the longest prefix with an order ends. Prefixes of what has an order have one, so halving finds it. */
const obstacleIn = (specification: Specification, operations: readonly Operation[], stuckAt: number, limits: Limits): Obstacle | null => {
  const ends = [...new Set(operations.filter(({ ends: end }) => end >= stuckAt && Number.isFinite(end)).map(({ ends: end }) => end))].sort(
    (a, b) => a - b,
  );
  const ordered = (at: number): Ordering => findOrder(specification, upTo(operations, ends[at] as number), 'all', limits);
  // It is nearly always the first, since the search went as far as it could.
  let [low, high] = [0, ends.length - 1];
  for (let probe = 0; low < high; probe = Math.floor((low + high) / 2)) {
    const { found } = ordered(probe);
    if (found === null) return null;
    if (found) low = probe + 1;
    else high = probe;
  }
  const end = ends[low] as number;
  const operation = operations.find((each) => each.ends === end) as Operation;
  const before = upTo(operations, end).map((each) =>
    each.ends === end ? { ...each, ending: { type: 'indefinite' } as const, ends: Number.POSITIVE_INFINITY } : each,
  );
  const { found, order } = findOrder(specification, before, 'all', limits);
  if (found !== true) return null;
  return { operation, possible: otherOutputs(specification, operations, operation, limits), prefix: before, order };
};

/** So many outputs are tried at most. */
const mostSuggested = 32;

/** What an operation could have returned instead; every output that the history or the specification suggests is tried. */
const otherOutputs = (specification: Specification, operations: readonly Operation[], operation: Operation, limits: Limits): readonly Value[] => {
  if (operation.ending.type !== 'returned') return [];
  const suggested = new Map<string, Value>();
  const { operation: name, input } = operation.call;
  const isSame = (call: Call): boolean => call.operation === name && sameValue(call.input, input);
  const until = upTo(operations, operation.ends);
  const ending = (other: Ending): readonly Operation[] => until.map((each) => (each.ends === operation.ends ? { ...each, ending: other } : each));
  const note = (output: Value): void => {
    if (!sameValue(output, (operation.ending as { readonly output: Value }).output)) suggested.set(textOf(output), output);
  };
  const answering: Specification = {
    ...specification,
    step: (state, call) => {
      const answers = specification.step(state, call);
      if (isSame(call)) for (const { output } of Array.isArray(answers) ? answers : [answers]) note(output);
      return answers;
    },
  };
  findOrder(answering, ending(operation.ending), 'all', limits);
  return [...suggested]
    .sort(([a], [b]) => byCodeUnits(a, b))
    .slice(0, mostSuggested)
    .map(([, output]) => output)
    .filter((output) => findOrder(specification, ending({ type: 'returned', output }), 'all', limits).found === true);
};

const checkObject = (specification: Specification, key: Value, operations: readonly Operation[], kept: Kept, limits: Limits): ObjectVerdict => {
  const { found, ranOut, stuckAt } = findOrder(specification, operations, kept, limits);
  const verdict: ConsistencyVerdict = found === null ? 'unknown' : found ? 'consistent' : 'violated';
  const obstacle = verdict === 'violated' && kept === 'all' ? obstacleIn(specification, operations, stuckAt, limits) : null;
  return { key, verdict, operations: operations.length, ranOut, obstacle };
};

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

const usualLimits: Limits = { configurations: 1_000_000 };

/** Whether all operations seem to happen one after the other, each between its call and its return; each object by itself. */
export const checkLinearizable = (specification: Specification, operations: readonly Operation[], limits: Limits = usualLimits): OrderVerdict =>
  overall(byObject(specification, operations).map(([key, own]) => checkObject(specification, key, own, 'all', limits)));
