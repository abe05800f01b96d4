import type { Value } from '../../model/kernel/value.ts';
import type { ConsistencyVerdict } from '../../model/property/consistency/check.ts';
import type { Operation } from '../../model/property/consistency/operation.ts';
import type { Limits, Ordering } from '../../model/property/consistency/orders.ts';
import type { HistoryEvent } from './events.ts';

/** A history with the words in which its lines are told. */
export interface Asked {
  readonly file: string;
  readonly events: readonly HistoryEvent[];
  readonly limits: Limits;
  /** What a register holds at first. */
  readonly initial: Value;
}

/** What is wrong with a history, told so that it can be looked up in the file. */
export interface Wrong {
  /** `G-single`; empty where the promise says it. */
  readonly what: string;
  /** Of many objects, which one. */
  readonly key: Value;
  readonly sentences: readonly string[];
  /** What a picture shows: operations, and the one that cannot be. */
  readonly picture: { readonly operations: readonly Operation[]; readonly wrong: Operation; readonly about: readonly Operation[] } | null;
  /** More for machines. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** What came of a history. */
export interface Judged {
  readonly verdict: ConsistencyVerdict;
  readonly ranOut: Ordering['ranOut'];
  readonly operations: number;
  readonly clients: number;
  /** Operations without a certain outcome. */
  readonly indefinite: number;
  readonly objects: number;
  /** Events that call nothing, such as those of the nemesis. */
  readonly others: number;
  /** Of each event, its line. */
  readonly lines: readonly number[];
  readonly wrongs: readonly Wrong[];
  /** What the verdict does not say. */
  readonly notes: readonly string[];
}

/** The counts of some operations. */
export const countsOf = (operations: readonly Operation[]): Pick<Judged, 'operations' | 'clients' | 'indefinite'> => ({
  operations: operations.length,
  clients: new Set(operations.map(({ client }) => client)).size,
  indefinite: operations.filter(({ ending }) => ending.type === 'indefinite').length,
});
