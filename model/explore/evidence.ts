import type { Mutant, Protocol } from '../protocol/protocol.ts';
import { Arena, scenarioOf } from '../property/arena.ts';
import type { Property } from '../property/property.ts';
import type { Trace } from '../trace/trace.ts';
import { drawRun } from './drawn.ts';
import { namedActions, shrunkViolation, shrunkWitness } from './shrink.ts';
import { Visits } from './visits.ts';

/** Runs that are drawn at most before something counts as not found. */
const patience = 2000;

/** A trace to be kept, and what it is to be called. */
export interface Evidence {
  /** `equal-heads.tie.json`: the property, then the part or the scenario. */
  readonly name: string;
  readonly trace: Trace;
}

const nameOf = (property: Property, what: string): string => `${property.protocol.id}.${property.type.id.toLowerCase()}.${what}.json`;

const search = (
  protocol: Protocol,
  property: Property,
  scenarioName: string,
  seed: number,
  mutant: Mutant | null,
  mutantName: string | null,
  witness: string | null,
): Trace | null => {
  const scenario = scenarioOf(protocol, scenarioName);
  // A witness is looked for in what is scheduled, so its runs do not settle.
  const walked: Property = witness === null ? property : { ...property, type: { ...property.type, recovers: {} } };
  const arena = new Arena(protocol, scenario, [walked], mutant);
  const visits = new Visits();
  for (let run = 0; run < patience; run++) {
    const draw = {
      strategy: scenario.timed === undefined ? ('walk' as const) : ('timed' as const),
      hosts: null,
      faults: null,
      maxSteps: null,
      visits,
      onRun: () => {},
    };
    const drawn = drawRun(arena, seed + run, draw);
    const { violation, seen } = drawn.run;
    const isFound = witness === null ? violation !== null : seen.some((part) => part.name === witness);
    if (!isFound) continue;
    const part = violation?.part ?? null;
    const found = {
      protocol,
      scenarioName,
      scenario,
      mutantName,
      mutant,
      property,
      part: witness ?? part?.name ?? 'threw',
      settles: witness === null && (violation?.settling ?? false),
      strategy: draw.strategy,
      seed: drawn.seed,
      start: { setting: drawn.place.setting, actions: namedActions(drawn.place, drawn.run.moves) },
    };
    if (witness !== null) return shrunkWitness(found);
    return shrunkViolation(found, (other) => other.part?.property === property && other.part?.name === part?.name).trace;
  }
  return null;
};

/**
 * The evidence for a protocol's claims: for each `sometimes` the smallest run that shows it, and for each scenario in which
 * a claim is known to fail the smallest run that fails. What is not found is left out; `run` reports it as unknown.
 */
export function* evidenceFor(protocol: Protocol, properties: readonly Property[], seed: number): Generator<Evidence> {
  for (const property of properties) {
    for (const [scenario] of Object.entries(property.type.failsUnder ?? {})) {
      const trace = search(protocol, property, scenario, seed, null, null, null);
      if (trace !== null) yield { name: nameOf(property, `fails-under-${scenario}`), trace };
    }
    for (const part of Object.keys(property.type.sometimes ?? {})) {
      for (const scenario of property.type.holdsUnder) {
        const trace = search(protocol, property, scenario, seed, null, null, `sometimes.${part}`);
        if (trace === null) continue;
        yield { name: nameOf(property, part), trace };
        break;
      }
    }
  }
}

/** The smallest run in which a mutant is seen through. */
export const evidenceAgainst = (protocol: Protocol, property: Property, mutantName: string, seed: number): Trace | null => {
  const mutant = property.type.mutants?.[mutantName] as Mutant;
  const scenarios = mutant.under === undefined ? property.type.holdsUnder : [mutant.under];
  for (const scenario of scenarios) {
    const trace = search(protocol, property, scenario, seed, mutant, mutantName, null);
    if (trace !== null) return trace;
  }
  return null;
};
