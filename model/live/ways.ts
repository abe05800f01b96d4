import type { HostName, Message } from '../role/effect.ts';
import { canStrike, type Fault, faultsOf, remedies } from '../world/faults.ts';
import { make } from '../world/move.ts';
import type { LogLine, RoleLine } from './log.ts';
import type { Placement } from './placement.ts';
import { placeStart } from './placer.ts';

/** One thing that may have happened. */
type Way = () => void;

/**
 * What may happen next that is no step of a role, where no role can go on: connections that a waiting `disconnected` or
 * `connected` speaks of, then hosts that crash, restart, join or leave as the log says.
 */
export const waysOn = (placement: Placement): readonly Way[] => {
  const next = placement.system.hosts.flatMap((host) => placement.nextOf(host) ?? []).map((at) => placement.lines[at] as LogLine);
  const ready = next.filter((line) => placement.isReady(line));
  const heard = ready.flatMap(linkHeard);
  return [...breaks(placement, heard), ...cuts(placement, heard), ...repairs(placement, heard), ...ready.flatMap((line) => lifeOf(placement, line))];
};

interface Heard {
  readonly host: HostName;
  readonly from: HostName;
  readonly type: string;
}

/** What a line says of a connection: a host's own line, or in a log without those what a role heard. */
const linkHeard = ({ host, event }: LogLine): readonly Heard[] => {
  if ('with' in event) return [{ host, from: event.with, type: event.type }];
  if (event.type !== 'deliver') return [];
  return [{ host, from: event.from, type: (event.message as unknown as Message | null)?.type ?? '' }];
};

const lost = (heard: readonly Heard[]): readonly Heard[] => heard.filter(({ type }) => type === 'disconnected');

const breaks = (placement: Placement, heard: readonly Heard[]): readonly Way[] =>
  lost(heard).flatMap(({ host, from }) => {
    const { hosts } = placement.system;
    const between = [host, from].sort((a, b) => hosts.indexOf(a) - hosts.indexOf(b)) as [string, string];
    const fault: Fault = { type: 'Break', between };
    return canStrike(placement.world, fault) ? [() => placement.fill(fault, `Break ${between.join('-')}`)] : [];
  });

/** Partitions that explain why hosts hear no more of each other. */
const cuts = (placement: Placement, heard: readonly Heard[]): readonly Way[] => {
  const { world } = placement;
  const parted = lost(heard);
  if (parted.length === 0) return [];
  return (['partition', 'oneWayPartition'] as const)
    .filter((kind) => world.hasLeft(kind))
    .flatMap((kind) => faultsOf(world, kind))
    .flatMap((fault) =>
      fault.type === 'Partition' && parted.some(({ host, from }) => fault.side.includes(host) !== fault.side.includes(from))
        ? [() => placement.fill(fault, `Partition ${fault.side.join(', ')}`)]
        : [],
    );
};

const repairs = (placement: Placement, heard: readonly Heard[]): readonly Way[] => {
  const isBroken = heard.some(({ type }) => type === 'connected') && remedies(placement.world).some(({ type }) => type === 'Repair');
  return isBroken ? [() => placement.fill({ type: 'Repair' }, 'Repair')] : [];
};

/** What a line on a host as a whole is in the model. */
const lifeFaults = (host: HostName): Readonly<Partial<Record<LogLine['event']['type'], Fault>>> => ({
  crash: { type: 'Crash', host },
  leave: { type: 'Leave', host },
  pause: { type: 'Pause', host },
  resume: { type: 'Resume', host },
});

const lifeOf = (placement: Placement, line: LogLine): readonly Way[] => {
  const { host, event } = line;
  const { world } = placement;
  if (event.type === 'start') return startsOf(placement, line as RoleLine, event.how);
  const fault = lifeFaults(host)[event.type];
  if (fault === undefined || !canStrike(world, fault)) return [];
  return [
    () => {
      make(world, { fault });
      placement.advance(host);
    },
  ];
};

/** A start is a step of the world before it is one of the roles: what they do there is compared, and has been done. */
const startsOf = (placement: Placement, line: RoleLine, how: 'start' | 'join' | 'restart'): readonly Way[] => {
  const fault: Fault = { type: how === 'join' ? 'Join' : 'Restart', host: line.host };
  if (how === 'start' || !canStrike(placement.world, fault)) return [];
  return [
    () => {
      const before = placement.save();
      make(placement.world, { fault });
      if (placeStart(placement, line) !== null) placement.restore(before);
    },
  ];
};
