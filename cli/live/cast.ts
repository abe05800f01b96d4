import { RolecallError } from '../../model/kernel/errors.ts';
import { Random } from '../../model/kernel/random.ts';
import type { LogHead } from '../../model/live/log.ts';
import { scenarioOf } from '../../model/property/arena.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import type { ScenarioType } from '../../model/protocol/scenario.ts';
import { settingOf } from '../../model/world/system.ts';
import type { RoleStatus } from '../../model/live/past.ts';

/** What is asked of a live run. */
export interface LiveOptions {
  readonly scenario: string;
  readonly mutant: string | null;
  readonly seed: number;
  readonly timeMs: number;
  readonly speed: number;
}

/** A role on a host. */
export interface Place {
  readonly host: string;
  readonly role: string;
}

/** What a live run is of: the scenario with its open questions settled by the seed. */
export interface Cast {
  readonly scenario: ScenarioType;
  readonly head: LogHead;
  /** Hosts that run from the first. */
  readonly first: readonly string[];
  readonly random: Random;
  readonly roles: readonly (Place & { readonly status: RoleStatus })[];
  /** What the model does with the scenario and processes do not, in sentences. */
  readonly leftOut: readonly string[];
}

export const castOf = (protocol: Protocol, { scenario: name, mutant, seed }: LiveOptions): Cast => {
  const scenario = scenarioOf(protocol, name);
  const random = new Random(seed);
  const { size } = scenario;
  const setting = settingOf(scenario, size === undefined ? 0 : size.least + random.below(size.most - size.least + 1), random);
  if (setting.through !== undefined)
    throw new RolecallError({
      code: 'LIVE_SWITCH',
      message: `in ${name} all links pass through ${setting.through}, and sockets on loopback do not`,
      place: protocol.id,
      advice: 'Choose a scenario without a switch; `rolecall list` names them.',
    });
  if (scenario.ticks !== undefined)
    throw new RolecallError({
      code: 'LIVE_TICKS',
      message: `in ${name} time passes in units on clocks that are never far apart, and nothing keeps those of processes so`,
      place: protocol.id,
      advice: 'Choose a scenario without ticks; `rolecall list` names them.',
    });
  if (needsDrops(scenario))
    throw new RolecallError({
      code: 'LIVE_ORDERED',
      message: `in ${name} datagrams arrive in order and none is dropped, and a process that is killed takes some with it`,
      place: protocol.id,
      advice: 'Give the scenario a budget for drop, or let its links be connections.',
    });
  const hosts = setting.hosts.map((host) => host.name);
  const links = setting.edges.map(([a, b]) => [hosts[a] as string, hosts[b] as string] as const);
  const head: LogHead = { rolecallLive: 1, protocol: protocol.id, scenario: name, mutant, seed, hosts, links };
  return {
    scenario,
    head,
    first: setting.hosts.filter(({ off }) => off !== true).map((host) => host.name),
    random,
    roles: setting.hosts.flatMap(({ name: host, roles, stopped = [] }) =>
      roles.map((role) => ({ host, role, status: stopped.includes(role) ? ('stopped' as const) : ('running' as const) })),
    ),
    leftOut: leftOutOf(scenario),
  };
};

/**
 * What a killed process had just sent may be gone, while what it sends after its restart arrives. Where datagrams keep their order,
 * the model can explain that by a drop only.
 */
const needsDrops = ({ network, faults = {} }: ScenarioType): boolean =>
  network.link === 'datagram' && network.ordered === true && (faults.crash ?? 0) + (faults.crashDuringStep ?? 0) > 0 && (faults.drop ?? 0) === 0;

const leftOutOf = ({ storage, faults, timed }: ScenarioType): readonly string[] => [
  ...(storage === 'sync'
    ? ['A crash loses no write that no sync has followed: what a process has written, the file system keeps when it is killed.']
    : []),
  ...((faults?.skew ?? 0) > 0 && timed === undefined ? ['No clock goes wrong: in a scenario without virtual time that changes nothing.'] : []),
];
