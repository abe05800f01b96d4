import type { Value } from '../../../kernel/value.ts';
import type { ConsistencyVerdict } from '../check.ts';
import type { Operation } from '../operation.ts';
import { findOrder, finished, type Limits, type Ordering } from '../orders.ts';
import type { Call, Specification } from '../specification.ts';
import { textOf } from '../values.ts';
import { type Anomaly, cycleAnomaly } from './anomaly.ts';
import { inferFromAppends } from './appends.ts';
import { cyclesIn } from './cycles.ts';
import { type Transaction, transactionsOf } from './transaction.ts';
import { inferFromWrites } from './writes.ts';

/** How far transactions are kept apart. */
export type Isolation = 'read-uncommitted' | 'read-committed' | 'snapshot-isolation' | 'serializable' | 'strict-serializable';

const readAnomalies: readonly Anomaly['kind'][] = ['garbage', 'duplicate', 'incompatible-order'];

/** What each level rules out (Adya 1999; for snapshot isolation, Cerone and Gotsman 2018: cycles in which no two rw are side by side). */
const ruledOut: Readonly<Record<Isolation, readonly Anomaly['kind'][]>> = (() => {
  const uncommitted: readonly Anomaly['kind'][] = ['G0', ...readAnomalies];
  const committed: readonly Anomaly['kind'][] = [...uncommitted, 'G1a', 'G1b', 'G1c'];
  const snapshot: readonly Anomaly['kind'][] = [...committed, 'internal', 'G-single', 'G-nonadjacent'];
  const serializable: readonly Anomaly['kind'][] = [...snapshot, 'G2', 'no-order'];
  const strict: readonly Anomaly['kind'][] = [
    ...serializable,
    ...(['G0', 'G1c', 'G-single', 'G-nonadjacent', 'G2'] as const).map((kind) => `${kind}-realtime` as const),
  ];
  return {
    'read-uncommitted': uncommitted,
    'read-committed': committed,
    'snapshot-isolation': snapshot,
    serializable,
    'strict-serializable': strict,
  };
})();

/** The verdict over a history of transactions. */
export interface TransactionVerdict {
  readonly verdict: ConsistencyVerdict;
  readonly ranOut: Ordering['ranOut'];
  /** All that was found, those first that the level rules out. */
  readonly anomalies: readonly Anomaly[];
  /** How many of them the level rules out. */
  readonly against: number;
}

/** What transactions are on: lists to which they append, or registers that they write. */
export type TransactionObject = 'list-append' | 'rw-register';

/** What is asked about transactions. */
export interface TransactionQuestion {
  readonly isolation?: Isolation;
  readonly object?: TransactionObject;
  readonly limits?: Limits;
  /** Where a position stands, for the sentences. */
  readonly line?: (position: number) => string;
}

/** A database as one object: a transaction happens all at once. */
const database = (object: TransactionObject): Specification => ({
  name: object,
  start: new Map(),
  step: (state, { input }: Call) => {
    const held = new Map(state as ReadonlyMap<Value, Value>);
    const output = (input as readonly (readonly [string, Value, Value])[]).map(([type, key, value]): Value => {
      const text = textOf(key);
      if (type === 'r') return [type, key, held.get(text) ?? (object === 'list-append' ? [] : null)];
      held.set(text, type === 'append' ? [...((held.get(text) ?? []) as readonly Value[]), value] : value);
      return [type, key, value];
    });
    return { state: held, output };
  },
});

/** The operations of transactions in the words of {@link database}: what was not there reads as an empty list. */
const plainly = (transactions: readonly Transaction[], object: TransactionObject): readonly Operation[] =>
  transactions.map(({ operation, steps, fate }) => {
    const none: Value = object === 'list-append' ? [] : null;
    const told = (answers: boolean): Value =>
      steps.map(({ type, key, value }): Value => [type, key, type === 'r' ? (answers ? (value ?? none) : null) : value]);
    const call: Call = { operation: 'txn', input: told(false) };
    return { ...operation, call, ending: fate === 'committed' ? { type: 'returned', output: told(true) } : operation.ending };
  });

/** {@link checkTransactions}, in pieces. */
export function* checkingTransactions(
  operations: readonly Operation[],
  { isolation = 'serializable', object = 'list-append', limits = { configurations: 1_000_000 }, line = (at) => `at ${at}` }: TransactionQuestion = {},
): Generator<void, TransactionVerdict> {
  const transactions = transactionsOf(operations);
  const isStrict = isolation === 'strict-serializable';
  const { graph, anomalies } = object === 'list-append' ? inferFromAppends(transactions) : inferFromWrites(transactions);
  if (isStrict) graph.addRealTime(line);
  const cycles = yield* cyclesIn(graph, isStrict, limits.shouldStop);
  const found = [...anomalies, ...(cycles ?? []).map((cycle) => cycleAnomaly(graph, cycle))];
  const isAgainst = ({ kind }: Anomaly): boolean => ruledOut[isolation].includes(kind);
  let ranOut: Ordering['ranOut'] = cycles === null ? 'interrupted' : null;
  // Lists show the order of all that matters, so without an anomaly there is an order; registers do not, so one is looked for.
  if (!found.some(isAgainst) && ranOut === null && object === 'rw-register' && ruledOut[isolation].includes('no-order')) {
    const ordering = yield* findOrder(database(object), plainly(transactions, object), isStrict ? 'all' : 'none', limits);
    ranOut = ordering.ranOut;
    if (ordering.found === false)
      found.push({ kind: 'no-order', sentences: ['No order of the transactions explains what they read.'], operations: [] });
  }
  const against = found.filter(isAgainst);
  const verdict = against.length > 0 ? 'violated' : ranOut === null ? 'consistent' : 'unknown';
  return { verdict, ranOut, anomalies: [...against, ...found.filter((anomaly) => !isAgainst(anomaly))], against: against.length };
}

/**
 * Whether transactions are kept apart as far as an isolation level promises, serializable if none is named. A transaction is
 * an operation whose input is a list of steps `["append", key, value]`, `["r", key, null]` or `["w", key, value]`, and whose
 * output is the same list with what was read.
 * @throws RolecallError `APPENDED_TWICE`, `WRITTEN_TWICE` where a value is not the only one of its kind.
 */
export const checkTransactions = (operations: readonly Operation[], question: TransactionQuestion = {}): TransactionVerdict =>
  finished(checkingTransactions(operations, question));
