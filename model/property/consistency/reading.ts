import type { Value } from '../../kernel/value.ts';
import type { Effect, Outcome } from '../../role/effect.ts';
import type { Heard } from '../property.ts';
import type { Call, Ending } from './specification.ts';
import { textOf } from './values.ts';

type Invoke = Extract<Effect, { readonly type: 'invoke' }>;

/** How the operations of clients are read from what roles emit. Without these, as they stand: operation and input, outcome and value. */
export interface Reading {
  /** The call that an `invoke` begins, in the words of the specification; null for what the monitor does not follow. */
  readonly call?: (invoke: Invoke, heard: Heard) => Call | null;
  /** What the outcome of a `return` means for the call. */
  readonly ending?: (call: Call, outcome: Outcome) => Ending;
}

/** A call begins or ends; `operation` tells the calls of all clients apart. */
export type Happening =
  | { readonly type: 'begins'; readonly operation: string; readonly client: string; readonly call: Call }
  | { readonly type: 'ends'; readonly operation: string; readonly client: string; readonly endingOf: (call: Call) => Ending };

const plainly = (outcome: Outcome): Ending => (outcome.definite ? { type: 'returned', output: outcome.value } : { type: 'indefinite' });

/** What an effect says of operations; null where it says nothing. A client is a role of a host, and an id is of its client. */
export const happeningIn = ({ call, ending }: Reading, heard: Heard): Happening | null => {
  const { effect, host, role } = heard;
  if (effect.type !== 'invoke' && effect.type !== 'return') return null;
  const operation = `${host} ${role} ${textOf(effect.id as Value)}`;
  if (effect.type === 'return')
    return { type: 'ends', operation, client: host, endingOf: (of) => (ending === undefined ? plainly(effect.outcome) : ending(of, effect.outcome)) };
  const begun = call === undefined ? { operation: effect.operation, input: effect.input } : call(effect, heard);
  return begun === null ? null : { type: 'begins', operation, client: host, call: begun };
};
