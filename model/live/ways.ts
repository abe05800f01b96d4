import type { HostName, Message } from '../role/effect.ts';
import { canStrike, type Fault, faultsOf, remedies } from '../world/faults.ts';
import { make } from '../world/move.ts';
import { isRoleLine, type LogLine, type RoleLine, type Start } from './log.ts';
import type { Placement } from './placement.ts';
import { placeStart, placeStep } from './placer.ts';
import type { Refusal } from './refusal.ts';

/** One thing that may have happened. It returns the line whose step then does not fit, by its place in the log. */
type Way = () => { readonly at: number; readonly refusal: Refusal } | null;

/**
 * What may happen next that is no step of a role, where no role can go on: connections that a waiting `disconnected` or
 * `connected` speaks of, then what befalls hosts as the log says: they crash, restart, join, leave, their roles stop and start.
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
    return canStrike(placement.world, fault) ? [filling(placement, fault, `Break ${between.join('-')}`)] : [];
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
        ? [filling(placement, fault, `Partition ${fault.side.join(', ')}`)]
        : [],
    );
};

const repairs = (placement: Placement, heard: readonly Heard[]): readonly Way[] => {
  const isBroken = heard.some(({ type }) => type === 'connected') && remedies(placement.world).some(({ type }) => type === 'Repair');
  return isBroken ? [filling(placement, { type: 'Repair' }, 'Repair')] : [];
};

/** What a line on a host as a whole is in the model; undefined for a connection, which is no fault of the host. */
const faultOf = ({ host, event }: LogLine): Fault | undefined => {
  switch (event.type) {
    case 'crash':
      return { type: 'Crash', host };
    case 'leave':
      return { type: 'Leave', host };
    case 'pause':
      return { type: 'Pause', host };
    case 'resume':
      return { type: 'Resume', host };
    case 'stopRole':
      return { type: 'StopRole', host, role: event.role };
    case 'uninstall':
      return { type: 'Uninstall', host, role: event.role };
    case 'corrupt':
      return { type: 'Corrupt', host, role: event.role, key: event.key };
    case 'skew':
      return { type: 'Skew', host, perMille: event.perMille };
    default:
      return undefined;
  }
};

const lifeOf = (placement: Placement, line: LogLine): readonly Way[] => {
  if (isRoleLine(line)) return line.event.type === 'start' ? startsOf(placement, line, line.event.how) : midStepOf(placement, line);
  const { world } = placement;
  const fault = faultOf(line);
  if (fault === undefined || !canStrike(world, fault)) return [];
  return [
    () => {
      make(world, { fault });
      placement.advance(line.host);
      return null;
    },
  ];
};

/** A start is a step of the world before it is one of the roles: what they do there is compared, and has been done. */
const startsOf = (placement: Placement, line: RoleLine, how: Start): readonly Way[] => {
  const { host, role } = line;
  const faults: Readonly<Record<Exclude<Start, 'start'>, Fault>> = {
    join: { type: 'Join', host },
    restart: { type: 'Restart', host },
    startRole: { type: 'StartRole', host, role },
    install: { type: 'Install', host, role },
  };
  if (how === 'start' || !canStrike(placement.world, faults[how])) return [];
  return [
    () => {
      make(placement.world, { fault: faults[how] });
      return placing(placement, line, placeStart(placement, line, how === 'startRole' || how === 'install'));
    },
  ];
};

/** A host that crashes in the middle of a step. */
const midStepOf = (placement: Placement, line: RoleLine): readonly Way[] => {
  const instance = placement.system.instanceOf(line.host, line.role);
  const isIt = line.crashedAfter !== undefined && instance !== undefined && placement.world.runs(instance.index);
  return isIt && placement.world.hasLeft('crashDuringStep') ? [() => placing(placement, line, placeStep(placement, instance, line, true))] : [];
};

const filling =
  (placement: Placement, fault: Fault, words: string): Way =>
  () => {
    placement.fill(fault, words);
    return null;
  };

const placing = (placement: Placement, { host }: RoleLine, refusal: Refusal | null): ReturnType<Way> =>
  refusal === null ? null : { at: placement.nextOf(host) as number, refusal };
