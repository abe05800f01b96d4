import { erase, loseUnsynced } from './store.ts';
import { CRASHED, type Instance, LEFT, PAUSED, RUNNING, STOPPED, UNINSTALLED, UP } from './system.ts';
import { part, reconnect } from './wire.ts';
import type { World } from './world.ts';

/** The life of hosts, and of the roles on them. */

const setLife = (world: World, host: number, life: number): void => world.set(world.system.lifeSlot[host] as number, life);

/** The roles of a host end: inboxes and timers are lost. What they sent is on its way; their connections break later. */
const end = (world: World, host: number, life: number): void => {
  setLife(world, host, life);
  for (const instance of world.system.instances) if (instance.host === host) world.still(instance.index);
};

/** @param lose how many unsynced writes are lost, the latest first; with `torn` the last kept one is cut short. */
export const crash = (world: World, host: number, lose = 0, torn = false): void => {
  loseUnsynced(world, host, lose, torn);
  end(world, host, CRASHED);
};

export const leave = (world: World, host: number): void => end(world, host, LEFT);

export const pause = (world: World, host: number): void => setLife(world, host, PAUSED);

export const resume = (world: World, host: number): void => setLife(world, host, UP);

/** A host that was off joins, or one that crashed restarts. */
export const boot = (world: World, host: number): void => {
  const { system } = world;
  setLife(world, host, UP);
  if (system.connection) reconnect(world, host);
  world.begin(system.instances.filter((instance) => instance.host === host && world.status(instance.index) === RUNNING));
};

/** One role of a live host ends, with its connections. */
export const stopRole = (world: World, instance: number, uninstall: boolean): void => {
  const { system } = world;
  world.set(system.statusSlot[instance] as number, uninstall ? UNINSTALLED : STOPPED);
  world.still(instance);
  const own = system.instances[instance] as Instance;
  if (uninstall) erase(world, own.host, own.role.name);
  if (system.connection) for (const other of system.instances) if (other.neighbours.includes(instance)) part(world, other, [instance]);
};

/** One role of a live host starts. */
export const startRole = (world: World, instance: number): void => {
  world.set(world.system.statusSlot[instance] as number, RUNNING);
  world.begin([world.system.instances[instance] as Instance]);
};
