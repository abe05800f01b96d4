import type { FaultName } from '../network/fault.ts';
import type { Action } from './action.ts';
import { CRASHED, type Instance, NONE, OFF, PAUSED, RUNNING, STOPPED, UNINSTALLED, UP } from './system.ts';
import { boot, crash, leave, pause, resume, startRole, stopRole } from './life.ts';
import { damage, storedBy, unsynced } from './store.ts';
import { tick, ticksNow } from './ticks.ts';
import { breakConnection, drop, duplicate, hold, mustBreak, partition, reconnectable, repair } from './wire.ts';
import type { World } from './world.ts';

/** A fault, or what undoes one, or the passing of time, as a world takes it; messages by their place, not yet by name. */
export type Fault =
  | Exclude<Action, { readonly type: 'Deliver' | 'Fire' | 'Command' | 'Choose' | 'Drop' | 'Duplicate' }>
  | { readonly type: 'Drop' | 'Duplicate'; readonly instance: number; readonly entry: number };

/** The faults of one kind that can strike now, in canonical order. */
type Lister = (world: World) => readonly Fault[];

const hostsThat = (world: World, is: (life: number) => boolean): readonly string[] => world.system.hosts.filter((_, host) => is(world.life(host)));

const onHosts =
  (type: 'Join' | 'Leave' | 'Pause', is: (life: number) => boolean): Lister =>
  (world) =>
    hostsThat(world, is).map((host) => ({ type, host }));

const crashes: Lister = (world) =>
  world.system.hosts.flatMap((host, index): Fault[] => {
    if (world.life(index) !== UP) return [];
    const writes = unsynced(world, index);
    const losses = Array.from({ length: writes }, (_, lost): Fault => ({ type: 'Crash', host, lose: lost + 1 }));
    // The last write that is not lost may be torn.
    const tears = Array.from(
      { length: writes },
      (_, lost): Fault => (lost === 0 ? { type: 'Crash', host, torn: true } : { type: 'Crash', host, lose: lost, torn: true }),
    );
    return [{ type: 'Crash', host }, ...losses, ...tears];
  });

const damages: Lister = (world) =>
  world.system.instances.flatMap((instance) =>
    Object.entries(storedBy(world, instance.host, instance.role.name)).flatMap(([key, value]): Fault[] =>
      value === null ? [] : [{ type: 'Corrupt', host: instance.hostName, role: instance.role.name, key }],
    ),
  );

/** Sets of hosts that may be cut off: for a symmetric cut one of each two complements, the one without the first host. */
const sides = (hosts: readonly string[], oneWay: boolean): readonly (readonly string[])[] => {
  const free = oneWay ? hosts : hosts.slice(1);
  return Array.from({ length: 2 ** free.length - 1 }, (_, set) => free.filter((_host, bit) => ((set + 1) >> bit) & 1)).filter(
    (side) => side.length < hosts.length,
  );
};

/** Above this many hosts only single hosts and halves are cut off, for there are too many sets to list. */
const listedHosts = 10;

const cutsAnything = (world: World, side: readonly string[]): boolean => {
  const { hosts, links } = world.system;
  return side.some((a) => hosts.some((b, to) => !side.includes(b) && links.linked(hosts.indexOf(a), to)));
};

const partitions =
  (oneWay: boolean): Lister =>
  (world) => {
    const { hosts } = world.system;
    if (world.system.linksSlot !== NONE && world.system.links.state(world.linksNow).cut.length > 0) return [];
    const ends = hosts.filter((_, host) => host !== world.system.through);
    const listed = ends.length <= listedHosts ? sides(ends, oneWay) : [...ends.map((host) => [host]), ends.slice(0, ends.length / 2)];
    return listed.filter((side) => cutsAnything(world, side)).map((side) => ({ type: 'Partition', side, oneWay }));
  };

const datagrams =
  (type: 'Drop' | 'Duplicate'): Lister =>
  (world) =>
    world.system.instances.flatMap((instance): Fault[] => {
      const { inboxes, connection, instances } = world.system;
      if (connection) return [];
      const inbox = world.inbox(instance.index);
      return [...new Set(inboxes.list(inbox))]
        .filter((entry) => (instances[inboxes.entry(entry).from] as Instance).host !== instance.host)
        .map((entry) => ({ type, instance: instance.index, entry }));
    });

const linkPairs = (world: World): readonly (readonly [number, number])[] => world.system.links.edges;

const name = (world: World, host: number): string => world.system.hosts[host] as string;

const breaks: Lister = (world) =>
  world.system.connection
    ? linkPairs(world)
        .filter(([a, b]) => !world.system.links.isDown(world.linksNow, a, b) && !mustBreak(world, a, b))
        .map(([a, b]) => ({ type: 'Break', between: [name(world, a), name(world, b)] }))
    : [];

const holds: Lister = (world) => {
  const { held } = world.system.links.state(world.linksNow);
  return linkPairs(world)
    .flatMap(([a, b]) => [[a, b] as const, [b, a] as const])
    .filter(([from, to]) => !held.includes(world.system.links.code(from, to)))
    .map(([from, to]) => ({ type: 'Hold', from: name(world, from), to: name(world, to) }));
};

const onRoles =
  (type: 'StopRole' | 'StartRole' | 'Install' | 'Uninstall', is: (status: number) => boolean): Lister =>
  (world) =>
    world.system.instances
      .filter((instance) => world.life(instance.host) === UP && is(world.status(instance.index)))
      .map((instance) => ({ type, host: instance.hostName, role: instance.role.name }));

/** Clocks at half, nine tenths, eleven tenths and twice the true speed. */
export const clockRates = [500, 900, 1100, 2000] as const;

/** In untimed runs timers fire in any order already, so a wrong clock would change nothing. */
const skews: Lister = (world) =>
  world.system.scenario.timed === undefined
    ? []
    : hostsThat(world, (life) => life === UP).flatMap((host) => clockRates.map((perMille): Fault => ({ type: 'Skew', host, perMille })));

const listers: Readonly<Record<Exclude<FaultName, 'crashDuringStep'>, Lister>> = {
  drop: datagrams('Drop'),
  duplicate: datagrams('Duplicate'),
  crash: crashes,
  pause: onHosts('Pause', (life) => life === UP),
  join: onHosts('Join', (life) => life === OFF),
  leave: onHosts('Leave', (life) => life === UP || life === PAUSED || life === CRASHED),
  corrupt: damages,
  stopRole: onRoles('StopRole', (status) => status === RUNNING),
  startRole: onRoles('StartRole', (status) => status === STOPPED),
  install: onRoles('Install', (status) => status === UNINSTALLED),
  uninstall: onRoles('Uninstall', (status) => status !== UNINSTALLED),
  partition: partitions(false),
  oneWayPartition: partitions(true),
  break: breaks,
  hold: holds,
  skew: skews,
};

/** The kinds of fault that the scenario allows and whose budget is not spent; `crashDuringStep` is a way to take an offer. */
export const faultsLeft = (world: World): readonly Exclude<FaultName, 'crashDuringStep'>[] =>
  [...world.system.budgetSlot.keys()].filter(
    (fault): fault is Exclude<FaultName, 'crashDuringStep'> => fault !== 'crashDuringStep' && world.hasLeft(fault),
  );

/** The faults of a kind that can strike now. */
export const faultsOf = (world: World, kind: Exclude<FaultName, 'crashDuringStep'>): readonly Fault[] => listers[kind](world);

/**
 * What undoes faults, and what they force in the end: it costs nothing. A connection across a cut, or with a host
 * that is down, is broken in the end, when the other end gives up waiting.
 */
export const remedies = (world: World): readonly Fault[] => {
  const { system } = world;
  const restarts = hostsThat(world, (life) => life === CRASHED).map((host): Fault => ({ type: 'Restart', host }));
  const resumes = hostsThat(world, (life) => life === PAUSED).map((host): Fault => ({ type: 'Resume', host }));
  if (system.linksSlot === NONE) return [...restarts, ...resumes];
  const { cut, held } = system.links.state(world.linksNow);
  const needsRepair = cut.length > 0 || (system.connection && reconnectable(world).length > 0);
  const releases = held.map(
    (code): Fault => ({ type: 'Release', from: name(world, Math.floor(code / system.hosts.length)), to: name(world, code % system.hosts.length) }),
  );
  const forced = linkPairs(world)
    .filter(([a, b]) => mustBreak(world, a, b))
    .map(([a, b]): Fault => ({ type: 'Break', between: [name(world, a), name(world, b)] }));
  return [...restarts, ...resumes, ...(needsRepair ? [{ type: 'Repair' } as const] : []), ...releases, ...forced];
};

const spends = (world: World, fault: Fault): FaultName | null => {
  switch (fault.type) {
    case 'Restart':
    case 'Resume':
    case 'Repair':
    case 'Release':
    case 'Tick':
      return null;
    case 'Partition':
      return fault.oneWay ? 'oneWayPartition' : 'partition';
    case 'Break': {
      const [a, b] = fault.between.map((host) => world.system.hosts.indexOf(host)) as [number, number];
      return mustBreak(world, a, b) ? null : 'break';
    }
    default:
      return (fault.type[0]?.toLowerCase() + fault.type.slice(1)) as FaultName;
  }
};

/** Lets a fault strike; the caller has made sure that it can. Returns the kind of budget that it spent. */
export const strike = (world: World, fault: Fault): FaultName | null => {
  world.changes = 0;
  const { system } = world;
  const kind = spends(world, fault);
  if (kind !== null) world.spend(kind);
  const at = (host: string): number => system.hosts.indexOf(host);
  const instance = (host: string, role: string): number => system.instanceOf(host, role)?.index ?? NONE;
  switch (fault.type) {
    case 'Drop':
      drop(world, fault.instance, fault.entry);
      break;
    case 'Duplicate':
      duplicate(world, fault.instance, fault.entry);
      break;
    case 'Crash':
      crash(world, at(fault.host), fault.lose, fault.torn);
      break;
    case 'Restart':
    case 'Join':
      boot(world, at(fault.host));
      break;
    case 'Pause':
      pause(world, at(fault.host));
      break;
    case 'Resume':
      resume(world, at(fault.host));
      break;
    case 'Leave':
      leave(world, at(fault.host));
      break;
    case 'Corrupt':
      damage(world, at(fault.host), fault.role, fault.key);
      break;
    case 'StopRole':
    case 'Uninstall':
      stopRole(world, instance(fault.host, fault.role), fault.type === 'Uninstall');
      break;
    case 'StartRole':
    case 'Install':
      startRole(world, instance(fault.host, fault.role));
      break;
    case 'Partition':
      partition(world, fault.side.map(at), fault.oneWay);
      break;
    case 'Break':
      breakConnection(world, at(fault.between[0]), at(fault.between[1]));
      break;
    case 'Repair':
      repair(world);
      break;
    case 'Hold':
    case 'Release':
      hold(world, at(fault.from), at(fault.to), fault.type === 'Hold');
      break;
    case 'Skew':
      // The world has no clock: whoever runs by one heeds it.
      break;
    case 'Tick':
      tick(world, at(fault.host));
      break;
  }
  return kind;
};

/** Whether a fault, or what undoes one, or a unit of time, can happen now within the budgets. */
export const canStrike = (world: World, fault: Fault): boolean => {
  const { interner } = world.system.engine;
  const wanted = interner.intern({ ...fault } as never);
  const same = (other: Fault): boolean => interner.intern({ ...other } as never) === wanted;
  const kind = spends(world, fault);
  if (kind === null) return [...remedies(world), ...ticksNow(world)].some(same);
  return kind !== 'crashDuringStep' && world.hasLeft(kind) && faultsOf(world, kind).some(same);
};
