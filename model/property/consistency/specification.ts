import { RolecallError } from '../../kernel/errors.ts';
import type { Value } from '../../kernel/value.ts';
import { sameValue, valueWords } from './values.ts';

/** What is asked of an object: `write` with the input 3. */
export interface Call {
  readonly operation: string;
  readonly input: Value;
}

/** What an object does with a call: its next state, and what the caller is told. */
export interface Answer<State extends Value = Value> {
  readonly state: State;
  readonly output: Value;
}

/**
 * How an object behaves when its operations come one after the other; a consistency checker compares a history with it.
 *
 * ```ts
 * const counter: Specification<number> = {
 *   name: 'counter',
 *   start: 0,
 *   step: (total, { operation, input }) =>
 *     operation === 'add' ? { state: total + (input as number), output: null } : { state: total, output: total },
 *   readOnly: ({ operation }) => operation === 'read',
 * };
 * ```
 */
export interface Specification<State extends Value = Value> {
  readonly name: string;
  readonly start: State;
  /** A pure function. Several answers where the object is free to choose; none where the call cannot happen in this state. */
  step(state: State, call: Call): Answer<State> | readonly Answer<State>[];
  /**
   * The key of the object that a call is to, where there are many that do not touch each other; each starts as `start` and
   * is checked on its own, because a history is linearizable where each object's part of it is (Herlihy and Wing 1990, theorem 1).
   */
  readonly keyOf?: (call: Call) => Value;
  /** Whether a call never changes the state. Nobody can tell whether such a call without an answer took effect, so it is forgotten. */
  readonly readOnly?: (call: Call) => boolean;
}

/**
 * What a specification allows in a state.
 * @throws RolecallError `READ_ONLY_WRITES` where a call changes the state that is said to change none.
 */
export const answersTo = (specification: Specification, state: Value, call: Call): readonly Answer[] => {
  const given = specification.step(state, call);
  const answers = Array.isArray(given) ? (given as readonly Answer[]) : [given as Answer];
  if (specification.readOnly?.(call))
    for (const answer of answers)
      if (!sameValue(answer.state, state))
        throw new RolecallError({
          code: 'READ_ONLY_WRITES',
          message: `${call.operation} is said to be read-only, and changes the state ${valueWords(state)} to ${valueWords(answer.state)}`,
          place: specification.name,
          advice: 'Let `readOnly` return false for this call, or let `step` return the state that it was given.',
        });
  return answers;
};

/** How an operation ended. */
export type Ending =
  /** It took effect, and its caller was told this. */
  | { readonly type: 'returned'; readonly output: Value }
  /** It took effect; what its caller was told is of no interest. */
  | { readonly type: 'done' }
  /** It certainly did not take effect. */
  | { readonly type: 'failed' }
  /** It took effect or did not, or still will: a time-out. */
  | { readonly type: 'indefinite' };
