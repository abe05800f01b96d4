import { type Random, ratio } from '../kernel/random.ts';

/**
 * An exponentially distributed time in whole milliseconds: the number of failures before the first success at 1 in 64, in
 * ticks of a 64th of the mean. `Math.log` is not specified to the bit, so it decides nothing here.
 */
export const exponentialMs = (random: Random, meanMs: number): number => {
  let ticks = 0;
  while (!random.chance(ratio(1, 64))) ticks++;
  return Math.floor((ticks * meanMs + random.below(Math.max(1, meanMs))) / 64);
};
