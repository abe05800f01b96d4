import type { Value } from '../../../kernel/value.ts';
import { NONE, type System } from '../../../world/system.ts';

/** The names of hosts that stand anywhere in a value, as a text of its own or as the name of a field. */
const namesIn = (value: Value, names: ReadonlySet<string>): readonly string[] => {
  if (typeof value === 'string') return names.has(value) ? [value] : [];
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if (value instanceof Map) return [...(value as ReadonlyMap<Value, Value>)].flat().flatMap((part) => namesIn(part, names));
  if (Array.isArray(value) || value instanceof Set) return [...(value as Iterable<Value>)].flatMap((part) => namesIn(part, names));
  return Object.entries(value as Readonly<Record<string, Value>>).flatMap(([name, part]) => [...namesIn(name, names), ...namesIn(part, names)]);
};

/**
 * The groups of hosts that a scenario does not tell apart: the same roles with the same parameters and the same stored
 * values, alike linked with everybody, and named by no parameter. Each group has at least two.
 */
export const interchangeable = (system: System): readonly (readonly number[])[] => {
  const { setting, links, engine, instances, through } = system;
  const all = setting.hosts.map((_, host) => host);
  const names = new Set(system.hosts);
  const named = new Set(instances.flatMap(({ params }) => namesIn(params, names)));
  const contentOf = (host: number): number => {
    const { roles, params, stored, off, stopped } = setting.hosts[host] as System['setting']['hosts'][number];
    return engine.interner.intern([roles, { ...params } as Value, stored?.() ?? null, off ?? false, stopped ?? []]);
  };
  const contents = all.map(contentOf);
  const isAlike = (a: number, b: number): boolean =>
    contents[a] === contents[b] &&
    all.every(
      (other) =>
        other === a || other === b || (links.linked(a, other) === links.linked(b, other) && links.linked(other, a) === links.linked(other, b)),
    );
  const groups: number[][] = [];
  for (const host of all) {
    if (host === through || named.has(system.hosts[host] as string)) continue;
    const group = groups.find(([first]) => isAlike(first as number, host));
    if (group === undefined) groups.push([host]);
    else group.push(host);
  }
  return groups.filter((group) => group.length > 1);
};

/** The instance of the same role on another host, by host and instance. */
export const counterparts = (system: System): readonly (readonly number[])[] =>
  system.hosts.map((_, host) =>
    system.instances.map(({ role }) => system.instances.find((other) => other.host === host && other.role === role)?.index ?? NONE),
  );
