import type { ValueRecord } from '../kernel/value.ts';
import type { HostName } from '../role/effect.ts';

/**
 * A message in flight, by name: the nth message of its type that this sender sent to this receiver. Block hashes change
 * when an earlier transaction is deleted from a trace; this name does not.
 */
export interface MessageName {
  readonly from: HostName;
  readonly fromRole: string;
  readonly to: HostName;
  readonly toRole: string;
  readonly message: string;
  /** Counts from 1. */
  readonly ordinal: number;
}

/** What a step of a role leaves to the environment. */
export interface StepChoices {
  /** The hosts that were drawn for each `some`, in the order of the effects. */
  readonly picks?: readonly (readonly HostName[])[];
  /** The host crashed after the first k effects of the step. */
  readonly crashAfter?: number;
}

/**
 * One step of a world, by name: what a trace is made of. Each is a choice among the enabled actions; those after `Choose`
 * are faults, and each fault has a budget of its name; but for `Tick`, which is time.
 */
export type Action =
  | ({ readonly type: 'Deliver' } & MessageName & StepChoices)
  | ({ readonly type: 'Fire'; readonly host: HostName; readonly role: string; readonly timer: string } & StepChoices)
  | ({
      readonly type: 'Command';
      readonly host: HostName;
      readonly role: string;
      readonly command: string;
      readonly value: ValueRecord;
    } & StepChoices)
  | ({ readonly type: 'Choose'; readonly host: HostName; readonly role: string; readonly choice: string; readonly value: ValueRecord } & StepChoices)
  | ({ readonly type: 'Drop' } & MessageName)
  | ({ readonly type: 'Duplicate' } & MessageName)
  /** `lose` counts the unsynced writes that are lost, the latest first; `torn` says that the last kept one is cut. */
  | { readonly type: 'Crash'; readonly host: HostName; readonly lose?: number; readonly torn?: boolean }
  | { readonly type: 'Restart' | 'Pause' | 'Resume' | 'Join' | 'Leave'; readonly host: HostName }
  /** A stored value is damaged. */
  | { readonly type: 'Corrupt'; readonly host: HostName; readonly role: string; readonly key: string }
  | { readonly type: 'StopRole' | 'StartRole' | 'Install' | 'Uninstall'; readonly host: HostName; readonly role: string }
  /** Cuts `side` off from all other hosts; one-way cuts only what `side` sends. */
  | { readonly type: 'Partition'; readonly side: readonly HostName[]; readonly oneWay: boolean }
  /** Ends a connection: its messages are dropped, and each live end hears `disconnected`. */
  | { readonly type: 'Break'; readonly between: readonly [HostName, HostName] }
  /** Heals every cut, and reconnects the live ends of broken connections. */
  | { readonly type: 'Repair' }
  /** Holds back what is in flight from one host to another, without loss, until Release. */
  | { readonly type: 'Hold' | 'Release'; readonly from: HostName; readonly to: HostName }
  /** From now on the host's clock runs at so many thousandths of true time. Timed runs only: elsewhere no clock is read. */
  | { readonly type: 'Skew'; readonly host: HostName; readonly perMille: number }
  /** A unit of time passes on the host's clock; no fault. In scenarios with ticks only. */
  | { readonly type: 'Tick'; readonly host: HostName };

export type ActionType = Action['type'];
