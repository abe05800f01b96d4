import type { Value } from '../kernel/value.ts';
import type { HostName, Message } from '../role/effect.ts';
import type { Clock } from './clock.ts';
import type { LogLine } from './log.ts';

/** A message on its way between two live hosts. */
export interface Packet {
  readonly fromRole: string;
  readonly toRole: string;
  readonly message: Message;
  /** What its sender knew when it sent it. */
  readonly clock: Clock;
}

/** What roles have stored on a host, by role and key. */
export type Stored = Readonly<Record<string, Readonly<Record<string, Value>>>>;

/** What a live host needs of the machine that it runs on: sockets, files and a clock, or a test's stand-ins for them. */
export interface Surroundings {
  /** Puts a packet on the link to a host; it is called only while the link is up. */
  readonly send: (to: HostName, packet: Packet) => void;
  /**
   * Makes what a step did last: its lines, and the store where it changed. It is called before anything that the step sends
   * leaves the host, so that nobody has seen a step that is not in the log.
   */
  readonly keep: (lines: readonly LogLine[], stored: Stored | null) => void;
  /** Writes down that a stored value was damaged, and damages it where it is stored: from now on it reads as null. */
  readonly damage: (line: LogLine, stored: Stored, role: string, key: string) => void;
  /** Lets a timer fire after its delay: calls `fire` with these. */
  readonly arm: (instance: number, timer: string, round: number, delayMs: number) => void;
  /** Calls what a state invokes: calls `settle` with these and the answer. */
  readonly invoke: (instance: number, call: Call, round: number) => void;
  /** Nobody waits for this answer any more. */
  readonly abandon: (instance: number, id: string, round: number) => void;
}

/** A promise that a live role waits for, and what it is called with. */
export interface Call {
  readonly id: string;
  readonly src: string;
  readonly input: Value;
}
