import type { Instance } from '../../world/system.ts';
import type { World } from '../../world/world.ts';

/** Who waits for something in a world in which nothing can happen: `ben: peer`. */
export const waitingIn = (world: World): readonly string[] =>
  world.system.instances
    .filter((instance) => world.runs(instance.index) && isWaiting(world, instance))
    .map(({ hostName, role }) => `${hostName}: ${role.name}`);

/** Whether a role waits for something: it is neither final nor at rest. */
const isWaiting = (world: World, instance: Instance): boolean => {
  const snapshot = instance.role.memory.snapshot(world.local(instance.index));
  return snapshot.status !== 'done' && !snapshot.hasTag('rest');
};
