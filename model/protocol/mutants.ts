import { type Change, droppings, losses, negations, type Reached, swaps } from './changes.ts';
import { hostsOf } from './define.ts';
import type { Domain, Mutant, Protocol } from './protocol.ts';

/** A fault that is made from a machine, and not from an idea of what could go wrong. */
export interface GeneratedMutant {
  /** `server: guard isFull negated`. */
  readonly id: string;
  readonly role: string;
  /** The domains whose machine has what is changed. */
  readonly domains: readonly string[];
  /** The rules of the transitions that are changed, sorted. */
  readonly rules: readonly string[];
  readonly mutant: Mutant;
  readonly reached: Reached;
}

/** The roles that a host of some scenario has, by domain and name: what nobody runs over a domain is no role of it. */
const rolesInUse = ({ domains, scenarios }: Protocol): ReadonlySet<string> => {
  const [first = ''] = Object.keys(domains);
  return new Set(
    Object.values(scenarios).flatMap((scenario) => {
      const { domain = first, size } = scenario;
      return hostsOf(scenario, size?.most ?? 0).flatMap((host) => host.roles.map((role) => `${domain} ${role}`));
    }),
  );
};

/**
 * Every guard of every role negated, every action dropped, every target swapped, and what the steps of every rule store; of
 * the roles that are named, or of all.
 */
export const generatedMutants = (protocol: Protocol, roles: readonly string[] | null = null): readonly GeneratedMutant[] => {
  const inUse = rolesInUse(protocol);
  const found = new Map<string, { readonly role: string; readonly domains: string[]; readonly rules: Set<string>; readonly change: Change }>();
  for (const [domain, of] of Object.entries<Domain>(protocol.domains))
    for (const [role, { machine }] of Object.entries(protocol.rolesOver(of))) {
      if (!inUse.has(`${domain} ${role}`) || (roles !== null && !roles.includes(role))) continue;
      for (const change of [...negations(machine), ...droppings(machine), ...losses(machine), ...swaps(machine)]) {
        const id = `${role}: ${change.name}`;
        const known = found.get(id) ?? { role, domains: [], rules: new Set(), change };
        found.set(id, known);
        known.domains.push(domain);
        for (const rule of change.rules) known.rules.add(rule);
      }
    }
  return [...found].map(([id, { role, domains, rules, change }]) => ({
    id,
    role,
    domains,
    rules: [...rules].sort(),
    mutant: { doc: `${id}.`, roles: { [role]: change.mutant } },
    reached: change.reached,
  }));
};
