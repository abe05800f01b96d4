import type { Value } from '../../model/kernel/value.ts';
import type { Call, Result } from './messages.ts';

/** What a server does for its clients: a pure function from its state and a call to the next state and an answer. */
export interface Service<State extends Value = Value> {
  readonly doc: string;
  readonly start: State;
  apply(state: State, call: Call): { readonly state: State; readonly result: Result };
}

/** A counter that clients add to: an addition that is executed twice shows. */
export const counter: Service<number> = {
  doc: 'A number that clients add to and read.',
  start: 0,
  apply: (total, call) => {
    switch (call.type) {
      case 'add':
        return { state: total + (call['amount'] as number), result: { ok: true, value: total + (call['amount'] as number) } };
      case 'read':
        return { state: total, result: { ok: true, value: total } };
      default:
        return { state: total, result: { ok: false, error: `no operation ${call.type}` } };
    }
  },
};
