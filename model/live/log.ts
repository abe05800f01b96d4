import type { Effect, HostName } from '../role/effect.ts';
import type { Interner } from '../kernel/intern.ts';
import type { Value } from '../kernel/value.ts';
import { encodeValue, type Json } from '../trace/encode.ts';
import type { Clock } from './clock.ts';

/** What a live run was of: the first line of its log. */
export interface LogHead {
  readonly rolecallLive: 1;
  readonly protocol: string;
  readonly scenario: string;
  /** What was planted in the running machines; a log is always judged by the model without it. */
  readonly mutant: string | null;
  readonly seed: number;
  readonly hosts: readonly HostName[];
  readonly links: readonly (readonly [HostName, HostName])[];
}

/** How a role comes to start: with all others of its host, or alone. */
export type Start = 'start' | 'join' | 'restart' | 'startRole' | 'install';

/** What a role of a live host handled. */
export type RoleEvent =
  | { readonly type: 'start'; readonly how: Start }
  | { readonly type: 'deliver'; readonly from: HostName; readonly fromRole: string; readonly message: Json }
  | { readonly type: 'fire'; readonly timer: string }
  | { readonly type: 'command' | 'choose'; readonly name: string; readonly value: Json };

/** What befell a host as a whole, and its connections: whether or not a role listens to them, they decide what arrives. */
export type LifeEvent =
  | { readonly type: 'crash' | 'leave' | 'pause' | 'resume' }
  | { readonly type: 'stopRole' | 'uninstall'; readonly role: string }
  /** A stored value was damaged. */
  | { readonly type: 'corrupt'; readonly role: string; readonly key: string }
  /** From now on the host's clock runs at so many thousandths of the true speed. */
  | { readonly type: 'skew'; readonly perMille: number }
  | { readonly type: 'connected' | 'disconnected'; readonly with: HostName };

/** One step of a live host. A log of a program that is no machine of ours may leave out rules and state. */
export type LogLine =
  | {
      readonly host: HostName;
      readonly clock: Clock;
      readonly role: string;
      readonly event: RoleEvent;
      /** What others can see of the step: without it nobody could tell what was on its way. */
      readonly effects: readonly Json[];
      /** The host crashed in this step, after so many of its effects. */
      readonly crashedAfter?: number;
      readonly rules?: readonly string[];
      /** Sixteen hex digits over the local state after the step. */
      readonly state?: string;
      /** What a guard or an action threw; the host has ended there. */
      readonly threw?: string;
    }
  | { readonly host: HostName; readonly clock: Clock; readonly event: LifeEvent };

export type RoleLine = Extract<LogLine, { readonly role: string }>;

export const isRoleLine = (line: LogLine): line is RoleLine => 'role' in line;

export interface Log {
  readonly head: LogHead;
  readonly lines: readonly LogLine[];
}

/** An effect as a log shows it: receivers by name; of a stored value its fingerprint, because it may be a whole chain. */
export const effectJson = (interner: Interner, effect: Effect): Json => {
  if (effect.type !== 'persist') return encodeValue(effect as unknown as Value);
  return { type: 'persist', key: effect.key, digest: interner.fingerprint(interner.intern(effect.value)) };
};

export const lineText = (line: LogLine | LogHead): string => JSON.stringify(line);

/** The text of a log: a line for the run, then one for each step, each after all those that it knew of. */
export const logText = ({ head, lines }: Log): string => `${[head, ...lines].map(lineText).join('\n')}\n`;
