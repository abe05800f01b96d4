import type { Kill } from './kill.ts';

/** Why nobody can tell a mutant from what it was made of, in a sentence; by id. */
export type Equivalents = Readonly<Record<string, string>>;

/** The survivors of which nobody says why. */
export const unexplained = (kills: readonly Kill[], equivalents: Equivalents): readonly Kill[] =>
  kills.filter(({ mutant, by }) => by === null && equivalents[mutant] === undefined);

/** What is said of mutants and is not so: those that do not exist, and those that a property tells apart. */
export const faultsOfKills = (kills: readonly Kill[], equivalents: Equivalents): readonly string[] =>
  Object.keys(equivalents).flatMap((id) => {
    const kill = kills.find(({ mutant }) => mutant === id);
    if (kill === undefined) return [`${id}: said to be equivalent, and there is no such mutant`];
    return kill.by === null ? [] : [`${id}: said to be equivalent, and ${kill.by.property} kills it`];
  });
