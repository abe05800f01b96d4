import { RolecallError } from '../../../kernel/errors.ts';
import type { Value } from '../../../kernel/value.ts';
import type { Operation } from '../operation.ts';
import { valueWords } from '../values.ts';

/** One step of a transaction: a read of a key, an append to the list under a key, or a write of a register. */
export interface Micro {
  readonly type: 'r' | 'append' | 'w';
  readonly key: Value;
  /** What was read, appended or written; of a read whose answer nobody knows, null. */
  readonly value: Value;
}

/** A transaction of a history. */
export interface Transaction {
  /** `T3`: the third of the history. */
  readonly name: string;
  readonly operation: Operation;
  readonly steps: readonly Micro[];
  /** Committed for certain, certainly not, or nobody knows. */
  readonly fate: 'committed' | 'aborted' | 'unknown';
}

const kinds = ['r', 'append', 'w'] as const;

const micro = (step: Value, name: string): Micro => {
  const [type, key, value] = Array.isArray(step) ? (step as readonly Value[]) : [];
  if (key !== undefined && value !== undefined && kinds.some((kind) => kind === type)) return { type: type as Micro['type'], key, value };
  throw new RolecallError({
    code: 'TRANSACTION_STEP',
    message: `a step of a transaction is ["r", key, value], ["append", key, value] or ["w", key, value], and not ${valueWords(step)}`,
    place: name,
    advice: 'Let the input of a transaction be the list of its steps, and its output the same list with what was read.',
  });
};

/**
 * The transactions of a history: an operation's input is a list of steps `["r", key, null]`, `["append", key, value]` or
 * `["w", key, value]`, its output the same list with what was read.
 * @throws RolecallError `TRANSACTION_STEP` where a step is something else.
 */
export const transactionsOf = (operations: readonly Operation[]): readonly Transaction[] =>
  [...operations]
    .sort((a, b) => a.begins - b.begins)
    .map((operation, index): Transaction => {
      const name = `T${index + 1}`;
      const { ending, call } = operation;
      const steps = ending.type === 'returned' ? ending.output : call.input;
      const fate = ending.type === 'failed' ? 'aborted' : ending.type === 'indefinite' ? 'unknown' : 'committed';
      return { name, operation, fate, steps: (Array.isArray(steps) ? (steps as readonly Value[]) : [steps]).map((step) => micro(step, name)) };
    });
