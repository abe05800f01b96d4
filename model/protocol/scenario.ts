import type { Value } from '../kernel/value.ts';
import type { HostName } from '../role/effect.ts';
import type { Topology } from '../network/topology.ts';
import type { FaultName } from '../network/fault.ts';

/** A computer of a scenario, with the roles that are installed on it. */
export interface HostType {
  /** Without a name, hosts are named after their first role and numbered. */
  readonly name?: HostName;
  readonly roles: readonly string[];
  /** What a role gets as `params` when it starts on this host, by role. */
  readonly params?: Readonly<Record<string, Value>>;
  /** What a role has stored on this host before the first step, by role and key. A function, because it may be a whole chain. */
  readonly stored?: () => Readonly<Record<string, Readonly<Record<string, Value>>>>;
  /** The host is off at first and may Join. */
  readonly off?: boolean;
  /** Roles that are installed but not running at first. */
  readonly stopped?: readonly string[];
}

/** A host with these roles. */
export const host = (...roles: readonly string[]): HostType => ({ roles });

/** A host with a name of its own. */
export const namedHost = (name: HostName, roles: readonly string[], more: Omit<HostType, 'name' | 'roles'> = {}): HostType => ({
  name,
  roles,
  ...more,
});

/** So many hosts with these roles. */
export const hosts = (count: number, ...roles: readonly string[]): readonly HostType[] => Array.from({ length: count }, () => host(...roles));

/** A command that may be given, a timer that may fire, or a fault that may strike, again and again; nothing counts it. */
export const unlimited = Number.POSITIVE_INFINITY;

/** How messages travel. */
export interface NetworkType {
  /**
   * A datagram link may lose what is sent, and orders nothing. A connection is first in first out; breaking it drops what
   * is in flight and tells both ends.
   */
  readonly link: 'datagram' | 'connection';
  /** First in first out for each sender. Connections always are; datagrams are not unless this says so. */
  readonly ordered?: boolean;
  /**
   * Messages that the network holds for one role, 1 or more; what comes beyond is lost, as where a router's queue is full (tail drop,
   * RFC 2309). So a sender may send again for ever, and there are finitely many worlds. Datagrams alone; without limit where it is left out.
   */
  readonly buffer?: number;
  /** Inboxes are sets that a delivery does not empty, as in Gray and Lamport's two-phase commit. */
  readonly keepsDelivered?: boolean;
  /** A refused message is consumed, unless this says that it stays; on ordered links it is always consumed. */
  readonly refused?: 'consumed' | 'stays';
  /** Mesh, unless this says otherwise. Of several, each random run draws one. */
  readonly topology?: Topology | readonly Topology[];
}

/** What bounds a scenario. A bound that cuts is part of the verdict. */
export interface Bounds {
  /** Actions in a random run before it settles. */
  readonly steps: number;
  /** Messages in flight to one role; a further one is lost, and counted as a bound that cut. */
  readonly inbox: number;
  /**
   * Times that the timers of one role instance may fire, or {@link unlimited}. Settling is not bound by it. What comes in the
   * end can only be judged where it cuts nothing off.
   */
  readonly fires: number;
  /** Rounds of settling. */
  readonly rounds: number;
}

/** A bounded situation in which a protocol is run and checked. */
export interface ScenarioType {
  /** What happens in it, in a sentence. */
  readonly doc: string;
  /** Which of the protocol's domains its roles are built over, where there are several. */
  readonly domain?: string;
  /** The hosts, all that can ever appear; or a function of how many there are. */
  readonly hosts: readonly HostType[] | ((count: number) => readonly HostType[]);
  /** How many hosts, where `hosts` is a function; each random run draws one of `least` to `most`. */
  readonly size?: { readonly least: number; readonly most: number };
  readonly network: NetworkType;
  /** How often each fault may strike: a number, or {@link unlimited}. */
  readonly faults?: Readonly<Partial<Record<FaultName, number>>>;
  /** How often each command may be given, by role and command: `{ miner: { find: 3 } }`; a number, or {@link unlimited}. */
  readonly commands?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** `atomic`: a persisted value survives at once. `sync`: a crash may lose or tear writes after the last sync. */
  readonly storage?: 'atomic' | 'sync';
  /** The values of `at` for timed commands in untimed runs, in seconds. */
  readonly times?: readonly number[];
  readonly bounds?: Partial<Bounds>;
  /** It is small, and made to be explored whole: `check` prefers it, and random runs leave it out. */
  readonly exhaustive?: boolean;
  /** It takes minutes and much memory to explore whole, so it is explored where it is named, and nowhere else. */
  readonly large?: boolean;
  /**
   * Random runs of it, where nothing else is asked for; 150 without it. Fewer where a small scenario is explored whole besides.
   * A failure that is known to show in it is looked for until it is found, however few these are.
   */
  readonly runs?: number;
  /** With it, runs go by virtual time: each message takes a latency, each timer its delay. */
  readonly timed?: TimedType;
  /** With it, time passes in units on the clocks of the hosts, and a timer fires when it is due; messages still take any time. */
  readonly ticks?: TicksType;
}

/** Clocks that count units of time, for protocols whose safety rests on time: small enough to be explored whole. */
export interface TicksType {
  /** How long a unit is, in milliseconds of a role's delays; a part of a unit counts as a whole one. */
  readonly unitMs: number;
  /** So many units pass at most. */
  readonly most: number;
  /** So many units may two clocks be apart at most; one at least, for a unit passes on one clock after the other. */
  readonly drift: number;
}

/** Virtual time, in whole milliseconds. */
export interface TimedType {
  /** The least and the most that a message takes; drawn uniformly. */
  readonly latencyMs: readonly [number, number];
  /** The mean time between commands of one kind; sampled from an exponential distribution in integers. */
  readonly commandEveryMs: number;
  /** The mean time between faults of one kind. */
  readonly faultEveryMs: number;
  /** When a run ends. */
  readonly endMs: number;
  /** With it, the steps of roles take time of their host's processor. */
  readonly processor?: ProcessorType;
}

/** A processor that is finite: it does one thing after the other, in the order in which they come up, for all programs of its host. */
export interface ProcessorType {
  /** By role, how long one step takes; steps of other roles take no time. */
  readonly workMs: Readonly<Record<string, number>>;
  /** Whether it takes exactly so long, or so long in the mean, exponentially distributed. */
  readonly spread: 'exact' | 'exponential';
  /** Whose processor it is: all roles of a host share one, unless this says that each has its own. */
  readonly each?: 'host' | 'role';
}

export const usualBounds: Bounds = { steps: 150, inbox: 64, fires: 8, rounds: 60 };
