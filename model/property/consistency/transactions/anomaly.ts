import type { Operation } from '../operation.ts';
import type { Cycle } from './cycles.ts';
import type { Graph } from './graph.ts';
import type { Transaction } from './transaction.ts';

/** What a single read shows that no order of transactions explains. */
export type ReadAnomaly =
  /** A read of what an aborted transaction wrote (Adya's G1a). */
  | 'G1a'
  /** A read of what a transaction wrote and then wrote over (G1b). */
  | 'G1b'
  /** A transaction does not read what it has itself read or written before. */
  | 'internal'
  /** A read of what nobody wrote. */
  | 'garbage'
  /** A list that holds an element twice, though it was appended once. */
  | 'duplicate'
  /** Two lists of one key of which neither is the beginning of the other. */
  | 'incompatible-order'
  /** No order of the transactions explains what they read, and no cycle tells why. */
  | 'no-order';

/** What is wrong with a history of transactions, and why, in sentences. */
export interface Anomaly {
  readonly kind: ReadAnomaly | Cycle['kind'] | `${Cycle['kind']}-realtime`;
  readonly sentences: readonly string[];
  /** The transactions in it. */
  readonly operations: readonly Operation[];
}

/** `T1 < T2, because T2 observed T1's append of 1 to x`, from one to the next, round the circle. */
export const cycleAnomaly = ({ transactions }: Graph, { kind, realTime, edges }: Cycle): Anomaly => {
  const nameOf = (number: number): string => (transactions[number] as Transaction).name;
  return {
    kind: realTime ? `${kind}-realtime` : kind,
    sentences: [
      ...edges.map(({ from, to, because }) => `${nameOf(from)} < ${nameOf(to)}, because ${because}.`),
      'No order of the transactions is all of these.',
    ],
    operations: edges.map(({ from }) => (transactions[from] as Transaction).operation),
  };
};
