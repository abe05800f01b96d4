import { Random } from '../../../kernel/random.ts';
import type { Place } from '../../../property/arena.ts';
import { enabled, make, type Move } from '../../../world/move.ts';
import { Ample } from './ample.ts';

/** How many worlds are looked at before a search, and how long the walks are on which they are met. */
const [worlds, length] = [300, 40];

/** Walks from the start at random, the same for the same seed; `look` is asked about each world, and stops them by true. */
export const walk = ({ world }: Pick<Place, 'world'>, random: Random, look: (row: Int32Array, moves: readonly Move[]) => boolean): void => {
  world.reset();
  // A role that threw at its start has no state of which claims could be asked.
  if (world.threw !== null) return;
  const start = Int32Array.from(world.row);
  for (let looked = 0; looked < worlds; ) {
    const row = Int32Array.from(start);
    for (let step = 0; step < length && looked < worlds; step++) {
      looked++;
      world.restore(row, 0, 0);
      const moves = enabled(world);
      if (look(row, moves)) return;
      world.restore(row, 0, 0);
      if (moves.length === 0) break;
      make(world, random.pick(moves));
      row.set(world.row);
      if (world.threw !== null) break;
    }
  }
};

/** What walks show of what claims look at, and of who sends to whom. */
export const learned = (place: Place): { readonly observed: string[]; readonly facts: string[] } => {
  const ample = new Ample(place, [], []);
  const { world, judge } = place;
  walk(place, new Random(1), (_row, moves) => {
    judge.ofState(world);
    for (const { memory } of judge.sometimes) memory.evaluateRow(world.row);
    for (const move of moves) ample.conduct.look(move);
    return false;
  });
  return ample.known;
};
