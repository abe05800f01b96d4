import type { Value } from '../kernel/value.ts';
import type { Effect, HostName, Message } from '../role/effect.ts';
import type { Step } from '../role/remember.ts';

/** Why a message never came to be in flight. */
export type Loss = 'host down' | 'cut' | 'not connected' | 'not linked' | 'no such role' | 'inbox full';

/** An effect with its receivers found. */
export type Operation =
  | {
      readonly kind: 'send';
      readonly targets: readonly number[];
      readonly entries: readonly number[];
      readonly message: Message;
      readonly toAll: boolean;
    }
  | { readonly kind: 'nowhere'; readonly to: HostName; readonly message: Message; readonly loss: Loss }
  | { readonly kind: 'store'; readonly write: readonly [string, string, Value] }
  | { readonly kind: 'sync' }
  | { readonly kind: 'history' };

/** One resolution of the choices that a step leaves open. */
export interface Variant {
  readonly picks: readonly (readonly HostName[])[];
  /** One for each effect. */
  readonly operations: readonly Operation[];
  /** The effects with their receivers by name, as monitors hear them. */
  readonly heard: readonly Effect[];
}

/** A command or a choice with one value. */
export interface Act {
  readonly kind: 'Command' | 'Choose';
  readonly name: string;
  readonly value: Value;
  readonly event: number;
  readonly budget: number;
  readonly fair: boolean;
}

/** The parts of offers that many offers of an instance share. */
export interface OfferMemory {
  /** The event of each timer. */
  readonly timers: Map<string, number>;
  /** The commands and choices of each local state. */
  readonly acts: (readonly Act[])[];
  /** How a step was resolved: by sender and number. */
  readonly variants: Map<Step, Map<number, Variant>>;
  /** The pending timers after a step, by those before. */
  readonly timersAfter: Map<Step, Map<number, number>>;
}
