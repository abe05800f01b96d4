import { RolecallError } from '../kernel/errors.ts';
import type { GeneratedMutant } from '../protocol/mutants.ts';
import type { Mutant, Protocol } from '../protocol/protocol.ts';
import { Arena, scenarioOf } from '../property/arena.ts';
import { roleThrew } from '../property/judge.ts';
import type { Property } from '../property/property.ts';
import { drawRun } from './drawn.ts';
import { Visits } from './visits.ts';

/** What became of a mutant: which property saw it first, by which part, where, in which run; or nobody did. */
export interface Kill {
  readonly mutant: string;
  readonly by: { readonly property: string; readonly part: string; readonly scenario: string; readonly run: number } | null;
}

/** What runs of one scenario came to. */
interface Walked {
  readonly violated: { readonly property: string; readonly part: string; readonly run: number } | null;
  readonly seen: ReadonlySet<string>;
}

const walked = (protocol: Protocol, name: string, properties: readonly Property[], mutant: Mutant | null, seed: number, runs: number): Walked => {
  const scenario = scenarioOf(protocol, name);
  const arena = new Arena(protocol, scenario, properties, mutant);
  const seen = new Set<string>();
  const visits = new Visits();
  const strategy = scenario.timed === undefined ? ('walk' as const) : ('timed' as const);
  for (let run = 1; run <= runs; run++) {
    const { run: done } = drawRun(arena, (seed + run) | 0, { strategy, hosts: null, faults: null, maxSteps: null, visits, onRun: () => {} });
    for (const part of done.seen) seen.add(`${part.property.type.id} ${part.name}`);
    if (done.violation === null) continue;
    const { part } = done.violation;
    return { violated: { property: part?.property.type.id ?? roleThrew, part: part?.name ?? 'a role threw', run }, seen };
  }
  return { violated: null, seen };
};

/** A faulty role may do what no property or monitor can take in. That is found too. */
const planted = (walk: () => Walked): Walked => {
  try {
    return walk();
  } catch (error) {
    if (!(error instanceof RolecallError)) throw error;
    return { violated: { property: error.code, part: 'a claim cannot take in what the role does', run: 0 }, seen: new Set() };
  }
};

/**
 * Plants one mutant after the other, and looks which property finds it: by a violation, or because something that must be
 * seen and is seen without the mutant is not seen with it. This measures how sensitive the properties are to these mutants.
 */
export function* killTable(
  protocol: Protocol,
  properties: readonly Property[],
  mutants: readonly GeneratedMutant[],
  asked: { readonly seed: number; readonly runs: number },
): Generator<Kill> {
  const [first = ''] = Object.keys(protocol.domains);
  const scenarios = Object.entries(protocol.scenarios)
    .filter(([, { large }]) => large !== true)
    .map(([name, { domain = first }]) => ({ name, domain, about: properties.filter(({ type }) => type.holdsUnder.includes(name)) }))
    .filter(({ about }) => about.length > 0);
  const without = new Map<string, ReadonlySet<string>>();
  for (const { id, domains, mutant } of mutants) {
    let by: Kill['by'] = null;
    for (const { name, domain, about } of scenarios) {
      if (!domains.includes(domain)) continue;
      const { violated, seen } = planted(() => walked(protocol, name, about, mutant, asked.seed, asked.runs));
      if (violated !== null) by = { ...violated, scenario: name };
      else {
        const usual = without.get(name) ?? walked(protocol, name, about, null, asked.seed, asked.runs).seen;
        without.set(name, usual);
        const missed = [...usual].find((part) => !seen.has(part));
        const [property = '', part = ''] = missed?.split(' ') ?? [];
        if (missed !== undefined) by = { property, part: `${part} is never seen`, scenario: name, run: asked.runs };
      }
      if (by !== null) break;
    }
    yield { mutant: id, by };
  }
}
