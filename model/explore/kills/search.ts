import type { GeneratedMutant } from '../../protocol/mutants.ts';
import type { Mutant, Protocol } from '../../protocol/protocol.ts';
import { Arena, scenarioOf } from '../../property/arena.ts';
import type { Property } from '../../property/property.ts';
import { check } from '../exhaustive/check.ts';
import { isForCheck } from '../for-check.ts';
import type { Killed } from './kill.ts';
import type { Planted } from './planted.ts';
import { type Drawing, type Ran, ranOnce, seedOf } from './run.ts';
import type { Surveyed } from './survey.ts';

/** Short runs come first: most faults show in a few steps, and a short run is worth more to whoever looks at it. */
const stages: readonly { readonly runs: number; readonly maxSteps: number | null }[] = [
  { runs: 10, maxSteps: 12 },
  { runs: 15, maxSteps: 30 },
  { runs: Number.POSITIVE_INFINITY, maxSteps: null },
];

/** Runs for a mutant that a property plants: it says where the mutant is found, so patience costs little. */
const plantedRuns = 1_500;

/** Worlds that an exhaustive search for one visits at most. */
const mostWorlds = 200_000;

/** Looks for what finds a mutant, in the scenarios of a protocol. */
export class KillSearch {
  private readonly protocol: Protocol;
  private readonly properties: readonly Property[];
  private readonly seed: number;
  private readonly runs: number;
  private readonly plain = new Map<string, Arena>();

  constructor(protocol: Protocol, properties: readonly Property[], asked: { readonly seed: number; readonly runs: number }) {
    this.protocol = protocol;
    this.properties = properties;
    this.seed = asked.seed;
    this.runs = asked.runs;
  }

  /** What finds a generated mutant first; null where nothing does. */
  generated({ id, mutant }: GeneratedMutant, surveys: readonly Surveyed[]): Killed | null {
    // A run that does not come to what the mutant changes is the same with it and without it.
    const reaching = surveys.filter(({ reached }) => reached.has(id)).sort((a, b) => (a.reached.get(id) as number) - (b.reached.get(id) as number));
    const places = reaching.map(({ scenario, about, seen }) => ({ scenario, about, usual: seen }));
    return this.found(mutant, places);
  }

  /** What finds a mutant that a property plants: that property, where it says that it does. */
  planted(property: Property, name: string, mutant: Mutant): Killed | null {
    const scenarios = mutant.under === undefined ? property.type.holdsUnder : [mutant.under];
    // A small scenario is named for a mutant that random runs hardly meet, or that shows in the end only.
    const isSmall = mutant.under !== undefined && scenarioOf(this.protocol, mutant.under).exhaustive === true;
    if (isSmall || isForCheck(property))
      return scenarios.map((scenario) => this.searched(property, name, scenario)).find((found) => found !== null) ?? null;
    return this.found(
      mutant,
      scenarios.map((scenario) => ({ scenario, about: [property], usual: new Map() })),
      plantedRuns,
    );
  }

  /** Whether a kill that was recorded is found again by the run that it names. */
  again({ id, mutant, by }: Planted, killed: Killed): boolean {
    if (!Object.hasOwn(this.protocol.scenarios, killed.scenario)) return false;
    const about = by === null ? this.properties.filter(({ type }) => type.holdsUnder.includes(killed.scenario)) : [by];
    if (killed.how === 'searched') {
      const found = by === null ? null : this.searched(by, id, killed.scenario);
      return found?.how === 'searched' && found.part === killed.part && found.steps === killed.steps;
    }
    const arena = this.arena(killed.scenario, about, mutant);
    if (killed.how === 'unseen') {
      const isSeen = (of: Arena): boolean => {
        for (let run = 1; run <= killed.runs; run++)
          if (ranOnce(of, { seed: seedOf(killed.seed, run), maxSteps: null }).seen.includes(`${killed.property} ${killed.part}`)) return true;
        return false;
      };
      return !isSeen(arena) && isSeen(this.plainArena(killed.scenario, about));
    }
    const { violated, steps } = ranOnce(arena, killed);
    return violated !== null && violated.property === killed.property && violated.part === killed.part && steps === killed.steps;
  }

  private found(
    mutant: Mutant,
    places: readonly { readonly scenario: string; readonly about: readonly Property[]; readonly usual: ReadonlyMap<string, number> }[],
    most = this.runs,
  ): Killed | null {
    const arenas = places.map((place) => ({ ...place, arena: this.arena(place.scenario, place.about, mutant), seen: new Set<string>() }));
    for (const { runs, maxSteps } of stages)
      for (const { scenario, about, arena, seen } of arenas)
        for (let run = 1; run <= Math.min(runs, most); run++) {
          const drawing = { seed: seedOf(this.seed, run), maxSteps };
          const ran = ranOnce(arena, drawing);
          for (const part of ran.seen) seen.add(part);
          if (ran.violated !== null && !this.failsAnyhow(scenario, about, drawing, ran.violated))
            return { how: 'violated', ...ran.violated, scenario, ...drawing, steps: ran.steps };
        }
    for (const { scenario, usual, seen } of arenas) {
      const missed = [...usual.keys()].find((part) => !seen.has(part));
      if (missed === undefined) continue;
      const [property = '', part = ''] = missed.split(' ');
      return { how: 'unseen', property, part, scenario, seed: this.seed, runs: this.runs };
    }
    return null;
  }

  private searched(property: Property, name: string, scenario: string): Killed | null {
    const searching = check({
      protocol: this.protocol,
      properties: [property],
      scenario,
      selected: null,
      mutant: name,
      hosts: null,
      order: 'breadth',
      maxStates: mostWorlds,
      maxDepth: mostWorlds,
      maxBytes: Number.POSITIVE_INFINITY,
      interrupted: () => false,
      usedBytes: () => 0,
      clock: () => 0,
    });
    for (;;) {
      const { done, value } = searching.next();
      if (!done) continue;
      const { violation } = value;
      if (violation === null) return null;
      return { how: 'searched', property: violation.property, part: violation.part, scenario, steps: violation.trace.steps.length };
    }
  }

  /** Whether the same part fails in the same run without the mutant, which then has found nothing. */
  private failsAnyhow(scenario: string, about: readonly Property[], drawing: Drawing, violated: NonNullable<Ran['violated']>): boolean {
    const plain = ranOnce(this.plainArena(scenario, about), drawing).violated;
    return plain !== null && plain.property === violated.property && plain.part === violated.part;
  }

  private plainArena(scenario: string, about: readonly Property[]): Arena {
    let arena = this.plain.get(scenario);
    if (arena === undefined) {
      arena = this.arena(scenario, about, null);
      this.plain.set(scenario, arena);
    }
    return arena;
  }

  private arena(scenario: string, about: readonly Property[], mutant: Mutant | null): Arena {
    return new Arena(this.protocol, scenarioOf(this.protocol, scenario), about, mutant);
  }
}
