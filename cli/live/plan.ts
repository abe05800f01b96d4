import type { Clock } from '../../model/live/clock.ts';
import type { LogHead } from '../../model/live/log.ts';
import type { RoleChange } from '../../model/live/software.ts';

/** What a process needs to know to be a host. */
export interface Plan {
  readonly head: LogHead;
  readonly host: string;
  readonly seed: number;
  /** Where the log and the store of the host stand. */
  readonly folder: string;
  /** How many times faster than its delays a timer fires. */
  readonly speed: number;
  /** Whoever says hello without it is a stranger. */
  readonly token: string;
  readonly how: 'start' | 'join' | 'restart';
}

/** What the driver tells a process. */
export type Order =
  | { readonly do: 'plan'; readonly plan: Plan }
  /** Say hello to these; `awaits` is how many links there must be before the host starts. */
  | { readonly do: 'link'; readonly ports: Readonly<Record<string, number>>; readonly awaits: number }
  | { readonly do: 'boot' }
  | { readonly do: 'act'; readonly allowed: readonly string[] }
  /** The next datagram is lost, or sent twice. */
  | { readonly do: 'lose' | 'double' }
  | { readonly do: 'pause'; readonly forMs: number }
  /** Take no step until told to go on; nothing is written down of it. */
  | { readonly do: 'wait' | 'go' }
  /** Close the connections to these hosts; say nothing to these; keep what is for this one back until it is released. */
  | { readonly do: 'cut' | 'mute'; readonly hosts: readonly string[] }
  | { readonly do: 'hold' | 'release'; readonly host: string }
  /** Connect with these hosts again. */
  | { readonly do: 'mend'; readonly ports: Readonly<Record<string, number>> }
  /** Stop or start a role, while the others wait that knew this. */
  | { readonly do: 'change'; readonly change: RoleChange; readonly role: string; readonly known: Clock }
  /** Damage one of the values that are stored. */
  | { readonly do: 'corrupt' }
  /** Run by a clock that goes wrong. */
  | { readonly do: 'skew'; readonly perMille: number }
  /** Stop dead in the middle of the next step that has an effect; one that is allowed now, if there is one. */
  | { readonly do: 'crash'; readonly allowed: readonly string[] }
  | { readonly do: 'stop' };

/** What a process answers. */
export type Report =
  | { readonly did: 'ready' }
  | { readonly did: 'listen'; readonly port: number }
  | { readonly did: 'link' }
  | { readonly did: 'boot' | 'cut' | 'mend' | 'change' }
  | { readonly did: 'wait'; readonly clock: Clock }
  /** Which value, as `role.key`; null where none is stored. */
  | { readonly did: 'corrupt'; readonly damaged: string | null }
  /** Whether it stopped in a step, and the command that it took meanwhile. */
  | { readonly did: 'crash'; readonly crashed: boolean; readonly taken: string | null }
  | { readonly did: 'act'; readonly taken: string | null }
  | { readonly did: 'throw'; readonly error: string }
  | { readonly did: 'stop' };
