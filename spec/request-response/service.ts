import type { Value, ValueRecord } from '../../model/kernel/value.ts';
import type { HostName } from '../../model/role/effect.ts';
import type { Call, Result } from './messages.ts';

/** Something to be told to a subscriber. */
export type Notification = { readonly to: HostName; readonly notice: ValueRecord };

/** What became of a call. */
export type Served<State> =
  | { readonly state: State; readonly result: Result; readonly notices?: readonly Notification[] }
  /** The service has to ask another server first, and goes on with its answer. */
  | { readonly asks: Call };

/**
 * What a server does for its clients: a pure function from its state and a call to the next state and an answer. The rest are
 * its delivery rules, each of which a service may leave out.
 */
export interface Service<State extends Value = Value> {
  /** What it does, in a sentence. */
  readonly doc: string;
  readonly start: State;
  apply(state: State, call: Call, caller: HostName): Served<State>;
  /** Calls that change nothing: they are executed anew whenever they come, and nothing is stored or remembered of them. */
  isSafe?(call: Call): boolean;
  /** What of the state survives a crash; all of it, where this is left out. */
  stable?(state: State): State;
  /** Goes on with a call, once the server that was asked has answered. */
  resume?(state: State, call: Call, caller: HostName, answer: Result): { readonly state: State; readonly result: Result };
  /** What is granted for a time: whether there is something that runs out, and the state one unit of the server's clock later. */
  readonly lasting?: { counts(state: State): boolean; elapse(state: State): State };
  /** What subscribers were not known to have received yet; it is told again from time to time. */
  outstanding?(state: State): readonly Notification[];
}

export const answer = (value: Value): Result => ({ ok: true, value });
export const failure = (error: string): Result => ({ ok: false, error });
export const unknownOperation = ({ type }: Call): Result => failure(`no operation ${type}`);
