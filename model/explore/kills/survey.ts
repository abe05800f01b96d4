import type { GeneratedMutant } from '../../protocol/mutants.ts';
import type { RoleMutant } from '../../protocol/protocol.ts';
import type { Mutant, Protocol } from '../../protocol/protocol.ts';
import { Arena, scenarioOf } from '../../property/arena.ts';
import type { Property } from '../../property/property.ts';
import { ranOnce, seedOf } from './run.ts';

/** What runs of one scenario come to without a mutant. */
export interface Surveyed {
  readonly scenario: string;
  readonly domain: string;
  /** The claims that hold in it. */
  readonly about: readonly Property[];
  /** By mutant: the first run that came to what it changes. A run that comes to none of it is the same with the mutant. */
  readonly reached: ReadonlyMap<string, number>;
  /** By part: the first run in which it was seen. */
  readonly seen: ReadonlyMap<string, number>;
}

/** One mutant that behaves like none, and tells where runs come to what others would change. */
const telling = (mutants: readonly GeneratedMutant[], tell: (id: string) => void): Mutant => {
  const roles: Record<string, RoleMutant> = {};
  for (const { id, role, reached } of mutants) {
    if (reached.by !== 'telling') continue;
    const earlier = roles[role]?.machine;
    roles[role] = { machine: (machine) => reached.machine(earlier?.(machine) ?? machine, () => tell(id)) };
  }
  return { doc: 'It behaves as it should.', roles };
};

const surveyed = (
  protocol: Protocol,
  scenario: string,
  domain: string,
  about: readonly Property[],
  mutants: readonly GeneratedMutant[],
  seed: number,
  runs: number,
): Surveyed => {
  const here = mutants.filter(({ domains }) => domains.includes(domain));
  const [reached, seen] = [new Map<string, number>(), new Map<string, number>()];
  let run = 1;
  const note = (id: string): void => {
    if (!reached.has(id)) reached.set(id, run);
  };
  const arena = new Arena(protocol, scenarioOf(protocol, scenario), about, telling(here, note));
  const byRule = here.flatMap(({ id, role, rules, reached: by }) => (by.by === 'rule' ? [{ id, role, rules, persists: by.persists }] : []));
  const steps = (): number => arena.engine.misses;
  let known = -1;
  for (; run <= runs; run++) {
    for (const part of ranOnce(arena, { seed: seedOf(seed, run), maxSteps: null }).seen) if (!seen.has(part)) seen.set(part, run);
    // Only a step that was never taken before can be the first of its rule.
    if (steps() === known) continue;
    known = steps();
    const missing = byRule.filter(({ id }) => !reached.has(id));
    for (const [role, { memory }] of arena.engine.roles) {
      const waiting = missing.filter((each) => each.role === role);
      if (waiting.length === 0) continue;
      for (const { step } of memory.remember())
        for (const { id, rules, persists } of waiting)
          if (step.rules.some((rule) => rules.includes(rule)) && (!persists || step.effects.some(({ type }) => type === 'persist'))) note(id);
    }
  }
  return { scenario, domain, about, reached, seen };
};

/** Runs every scenario in which a claim holds, without a fault of the roles. */
export const surveyOf = (
  protocol: Protocol,
  properties: readonly Property[],
  mutants: readonly GeneratedMutant[],
  asked: { readonly seed: number; readonly runs: number },
): readonly Surveyed[] => {
  const [first = ''] = Object.keys(protocol.domains);
  return Object.entries(protocol.scenarios)
    .filter(([, { large }]) => large !== true)
    .map(([name, { domain = first }]) => ({ name, domain, about: properties.filter(({ type }) => type.holdsUnder.includes(name)) }))
    .filter(({ about }) => about.length > 0)
    .map(({ name, domain, about }) => surveyed(protocol, name, domain, about, mutants, asked.seed, asked.runs));
};
