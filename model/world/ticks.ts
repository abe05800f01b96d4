import type { Action } from './action.ts';
import { NONE } from './system.ts';
import type { World } from './world.ts';

/**
 * Bounded ticks: each host has a clock that counts units of time, and timers fire when they are due by it. Clocks go at
 * their own pace, but no two are ever further apart than the scenario's drift. What is due comes before the next unit, so
 * that a timer is never late, unless its host is paused: its clock goes on, and it does nothing.
 */

export type Tick = Extract<Action, { readonly type: 'Tick' }>;

const hasDue = (world: World, host: number): boolean => {
  const { instances, timers } = world.system;
  return instances.some((instance) => instance.host === host && world.runs(instance.index) && timers.due(world.timers(instance.index)).length > 0);
};

/** Whether a unit of time can pass on the clock of a host now. */
export const mayTick = (world: World, host: number): boolean => {
  const { ticks, clockSlot } = world.system;
  const slot = clockSlot[host] as number;
  if (ticks === undefined || slot === NONE) return false;
  const next = (world.row[slot] as number) + 1;
  if (next > ticks.most) return false;
  for (const other of clockSlot) if (other !== NONE && next - (world.row[other] as number) > ticks.drift) return false;
  return !hasDue(world, host);
};

/** The hosts on whose clocks a unit of time can pass now. */
export const ticksNow = (world: World): readonly Tick[] =>
  world.system.ticks === undefined
    ? []
    : world.system.hosts.flatMap((host, index): Tick[] => (mayTick(world, index) ? [{ type: 'Tick', host }] : []));

/** A unit of time passes on the clock of a host. */
export const tick = (world: World, host: number): void => {
  const { clockSlot, edits, instances, ticks, timers, timersSlot } = world.system;
  const most = ticks?.most ?? 0;
  // Settling goes on when the clocks have come to their end.
  world.edit(
    clockSlot[host] as number,
    edits.called('a unit on the clock', (now) => Math.min(now + 1, most)),
  );
  for (const { index, host: at } of instances) {
    if (at !== host || timersSlot[index] === NONE) continue;
    world.edit(
      timersSlot[index] as number,
      edits.called('a unit for timers', (pending) => timers.elapsed(pending)),
    );
    if (isAtEnd(world, index)) world.cut('ticks');
  }
};

/** Whether timers of an instance are still pending when the clock of its host has come to its end. */
export const isAtEnd = (world: World, instance: number): boolean => {
  const { clockSlot, instances, ticks } = world.system;
  const slot = clockSlot[instances[instance]?.host ?? NONE] ?? NONE;
  return ticks !== undefined && slot !== NONE && world.timers(instance) !== 0 && world.row[slot] === ticks.most;
};

/** Settling: a unit passes on every clock, where a timer waits for it. */
export const timePasses = (world: World): readonly Tick[] => {
  const { clockSlot, hosts, instances } = world.system;
  if (!instances.some(({ index }) => world.runs(index) && world.timers(index) !== 0)) return [];
  return hosts.flatMap((host, index): Tick[] => (clockSlot[index] === NONE ? [] : [{ type: 'Tick', host }]));
};
