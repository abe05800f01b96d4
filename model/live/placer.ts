import { endingOf } from '../role/invocation.ts';
import { make } from '../world/move.ts';
import { takenOf, variantOf } from '../world/offer.ts';
import { resolve } from '../world/resolve.ts';
import { storedBy } from '../world/store.ts';
import { type Instance, NONE } from '../world/system.ts';
import { compared } from './compare.ts';
import { isRoleLine, type LogLine, type RoleLine } from './log.ts';
import { offerFor, offersOf } from './offered.ts';
import type { Placement } from './placement.ts';
import { certainly, type Refusal, waits } from './refusal.ts';
import { eventText } from './words.ts';

/** Places every step of a role that may be placed now, until none fits; says why the next of each host does not. */
export const placeAll = (placement: Placement, most: number): { readonly refusals: ReadonlyMap<number, Refusal>; readonly tries: number } => {
  const refusals = new Map<number, Refusal>();
  let tries = 0;
  for (let moved = true; moved && tries < most; ) {
    moved = false;
    refusals.clear();
    for (const host of placement.system.hosts)
      for (let at = placement.nextOf(host); at !== undefined && tries < most; at = placement.nextOf(host)) {
        tries++;
        const refusal = refusalOf(placement, placement.lines[at] as LogLine);
        if (refusal !== null) {
          refusals.set(at, refusal);
          break;
        }
        moved = true;
      }
  }
  return { refusals, tries };
};

/** Places a step; null where it fits. */
const refusalOf = (placement: Placement, line: LogLine): Refusal | null => {
  const { host } = line;
  if (!placement.isReady(line)) return waits('it knew of steps that have no place yet');
  if (!isRoleLine(line)) return linkRefusal(placement, line);
  const instance = placement.system.instanceOf(host, line.role);
  if (instance === undefined) return strange(placement, line);
  const { event } = line;
  if (event.type === 'start') {
    const isFirst = placement.doneBy(host) === 0 && event.how === 'start' && placement.life(host) === 'up';
    return isFirst ? placeStart(placement, line) : waits(`a ${event.how} is not possible now`);
  }
  if (placement.doneBy(host) === 0) return certainly('event', `${host} has not started`, ['start'], [event.type]);
  if (!placement.world.runs(instance.index)) {
    const life = placement.life(host);
    return waits(life === 'up' ? `${line.role} of ${host} does not run` : `${host} is ${life}`);
  }
  return placeStep(placement, instance, line);
};

const strange = ({ system }: Placement, { host, role }: RoleLine): Refusal => {
  const roles = system.instances.filter(({ hostName }) => hostName === host).map((instance) => instance.role.name);
  return certainly('event', `${host} has no role ${role}`, roles, [role]);
};

/** A connection that stands, or does not, as a line says: nothing has to happen for it. */
const linkRefusal = (placement: Placement, { host, event }: Exclude<LogLine, RoleLine>): Refusal | null => {
  if (!('with' in event)) return waits(`${event.type} is not possible now`);
  const { system, world } = placement;
  const [a, b] = [host, event.with].map((each) => system.hosts.indexOf(each)) as [number, number];
  const isDown = system.links.isDown(world.linksNow, a, b);
  if (isDown !== (event.type === 'disconnected')) return waits(`${host} is ${event.type} ${isDown ? 'with' : 'from'} ${event.with}`);
  placement.advance(host);
  return null;
};

/** All roles of a host start together, and their lines stand together too; a role that is started by itself does so alone. */
export const placeStart = (placement: Placement, line: RoleLine, isAlone = false): Refusal | null => {
  const { system, world } = placement;
  let count = 0;
  for (const at of placement.restOf(line.host)) {
    const next = placement.lines[at] as LogLine;
    if (!isRoleLine(next) || next.event.type !== 'start' || (count > 0 && (isAlone || next.role === line.role))) break;
    const instance = system.instanceOf(next.host, next.role);
    if (instance === undefined) return strange(placement, next);
    const step = instance.role.memory.start({ stored: storedBy(world, instance.host, instance.role.name), params: instance.params });
    const refusal = compared(system.engine.interner, next, instance, step, resolve(system, instance, NONE, step.effects, 0));
    if (refusal !== null) return refusal;
    placement.handedTo(instance.index).clear();
    count++;
  }
  placement.advance(line.host, count);
  return null;
};

/** @param mayCrash whether a host may crash in the middle of the step, as the line says, now and not later. */
export const placeStep = (placement: Placement, instance: Instance, line: RoleLine, mayCrash = false): Refusal | null => {
  const { system, world } = placement;
  const slot = system.firesSlot[instance.index] as number;
  if (slot !== NONE) world.set(slot, wideBounds.fires);
  const offer = offerFor(placement, instance, line);
  if (offer === undefined) return unoffered(placement, instance, line);
  const { step, variants } = takenOf(system, offer);
  const refusals = Array.from({ length: variants }, (_, number) =>
    compared(system.engine.interner, line, instance, step, variantOf(system, offer, number)),
  );
  const variant = refusals.indexOf(null);
  if (variant < 0) return refusals[0] as Refusal;
  const { crashedAfter = -1 } = line;
  if (crashedAfter >= 0 && !mayCrash) return crashRefusal(placement, line, step.effects.length);
  if (offer.kind === 'Deliver') placement.handedTo(offer.instance).add(offer.entry);
  make(world, { offer, variant, crashAfter: crashedAfter });
  placement.advance(instance.hostName);
  return null;
};

/**
 * A log does not say when a host crashed, so a crash in the middle of a step, as any other, is placed as late as the log allows.
 * Here it is only asked whether one could come there at all.
 */
const crashRefusal = ({ world }: Placement, { host, crashedAfter = 0 }: RoleLine, effects: number): Refusal => {
  if (crashedAfter >= effects)
    return certainly(
      'event',
      `no crash in the middle of this step comes after ${crashedAfter} effects`,
      [`${effects} effects`],
      [`${crashedAfter} effects`],
    );
  return world.hasLeft('crashDuringStep')
    ? waits(`${host} crashes in the middle of this step`)
    : certainly('event', 'the scenario has no further crash in the middle of a step', [], [`a crash after ${crashedAfter} effects`]);
};

const unoffered = (placement: Placement, instance: Instance, line: RoleLine): Refusal => {
  const { event } = line;
  const isDelivery = event.type === 'deliver';
  const ending = event.type === 'choose' ? endingOf(event.name) : null;
  const says = ending === null ? 'the role does not offer it in this state' : `${ending.id} is not declared to end like that in this state`;
  return {
    field: 'event',
    says: isDelivery ? 'nothing like it is on its way there' : says,
    expected: offersOf(placement, instance),
    found: [eventText(line)],
    // What a role offers by itself depends on what it did alone.
    certain: !isDelivery && event.type !== 'command',
  };
};

/** Timers of a live run fire for as long as it lasts, and sockets hold much. */
export const wideBounds = { fires: 1_000, inbox: 4_096 } as const;
