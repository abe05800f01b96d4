import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { invariant } from './errors.ts';

/** A probability as a ratio of integers, so that no rounding decides a run. */
export interface Ratio {
  readonly of: number;
  readonly outOf: number;
}

export const ratio = (of: number, outOf: number): Ratio => ({ of, outOf });

/** The only source of chance in rolecall: seeded, and the same on every machine. */
export class Random {
  private readonly generator: RandomGenerator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  /** An integer from 0 to n − 1. */
  below(n: number): number {
    invariant(n > 0, 'a random number needs at least one outcome');
    return n === 1 ? 0 : uniformInt(this.generator, 0, n - 1);
  }

  /** True with this probability. */
  chance(probability: Ratio): boolean {
    return this.below(probability.outOf) < probability.of;
  }

  pick<T>(options: readonly T[]): T {
    return options[this.below(options.length)] as T;
  }

  /** A new array in random order. */
  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let last = result.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [result[last], result[other]] = [result[other] as T, result[last] as T];
    }
    return result;
  }

  /** The seed of a stream of its own. */
  fork(): number {
    return uniformInt(this.generator, -0x80000000, 0x7fffffff);
  }
}
