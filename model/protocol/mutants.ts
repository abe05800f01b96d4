import { type AnyStateMachine, type AnyStateNode, StateMachine } from 'xstate';
import { nodesOf } from '../role/nodes.ts';
import { nothing } from '../role/nothing.ts';
import type { Domain, Mutant, Protocol } from './protocol.ts';

/** A fault that is made from a machine, and not from an idea of what could go wrong. */
export interface GeneratedMutant {
  /** `server: guard isFull negated`. */
  readonly id: string;
  readonly role: string;
  /** The domains whose machine has what is changed. */
  readonly domains: readonly string[];
  readonly mutant: Mutant;
}

/** One change of a machine, and what it is called. */
interface Change {
  readonly name: string;
  readonly make: (machine: AnyStateMachine) => AnyStateMachine;
}

const nameOf = (of: unknown): string | null => {
  if (typeof of === 'string') return of;
  return typeof of === 'object' && of !== null && 'type' in of && typeof of.type === 'string' ? of.type : null;
};

const transitionsOf = (node: AnyStateNode) => [...[...node.transitions.values()].flat(), ...(node.always ?? [])];

const used = (names: readonly (string | null)[], implemented: object): readonly string[] =>
  [...new Set(names)].filter((name): name is string => name !== null && Object.hasOwn(implemented, name)).sort();

type Guard = (given: unknown, params: unknown) => boolean;

const negations = (machine: AnyStateMachine): readonly Change[] => {
  const guards = used(
    nodesOf(machine).flatMap((node) => transitionsOf(node).map(({ guard }) => nameOf(guard))),
    machine.implementations.guards,
  );
  return guards.map((name) => ({
    name: `guard ${name} negated`,
    make: (of) => {
      const guard = of.implementations.guards[name] as Guard;
      return of.provide({ guards: { [name]: (given: unknown, params: unknown) => !guard(given, params) } } as never);
    },
  }));
};

const droppings = (machine: AnyStateMachine): readonly Change[] => {
  const actions = used(
    nodesOf(machine).flatMap((node) => [...transitionsOf(node).flatMap((each) => each.actions), ...node.entry, ...node.exit].map(nameOf)),
    machine.implementations.actions,
  );
  return actions.map((name) => ({ name: `action ${name} dropped`, make: (of) => of.provide({ actions: { [name]: nothing } } as never) }));
};

/** The configuration of a state, as far as it says where transitions lead. */
interface Chart {
  readonly on?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly always?: unknown;
  readonly states?: Readonly<Record<string, Chart>>;
}

const listOf = (of: unknown): readonly unknown[] => (Array.isArray(of) ? of : [of]);

const retargeted = (of: unknown, at: number, target: string): readonly unknown[] =>
  listOf(of).map((transition, index) => (index === at ? { ...(transition as object), target } : transition));

/** Where a transition leads instead: the state that stands next to its target. */
const swaps = (machine: AnyStateMachine): readonly Change[] => {
  const chart = machine.config as unknown as Chart;
  const names = Object.keys(chart.states ?? {});
  if (names.length < 2) return [];
  const besides = (target: string): string => names[(names.indexOf(target) + 1) % names.length] as string;
  const inState = (state: string, change: (chart: Chart) => Chart) => (of: AnyStateMachine) => {
    const whole = of.config as unknown as Chart;
    const config = { ...whole, states: { ...whole.states, [state]: change(whole.states?.[state] ?? {}) } };
    return new StateMachine(config as never, of.implementations as never) as unknown as AnyStateMachine;
  };
  return Object.entries(chart.states ?? {}).flatMap(([state, { on = {}, after = {}, always }]) => {
    const lists: readonly (readonly [string, unknown, (at: number, target: string) => (chart: Chart) => Chart])[] = [
      ...Object.entries(on).map(
        ([event, list]) =>
          [
            event,
            list,
            (at: number, to: string) => (of: Chart) => ({ ...of, on: { ...of.on, [event]: retargeted(of.on?.[event], at, to) } }),
          ] as const,
      ),
      ...Object.entries(after).map(
        ([delay, list]) =>
          [
            delay,
            list,
            (at: number, to: string) => (of: Chart) => ({ ...of, after: { ...of.after, [delay]: retargeted(of.after?.[delay], at, to) } }),
          ] as const,
      ),
      ...(always === undefined
        ? []
        : [['always', always, (at: number, to: string) => (of: Chart) => ({ ...of, always: retargeted(of.always, at, to) })] as const]),
    ];
    return lists.flatMap(([event, list, change]) =>
      listOf(list).flatMap((transition, at): Change[] => {
        const target = (transition as { readonly target?: unknown } | undefined)?.target;
        if (typeof target !== 'string' || !names.includes(target) || besides(target) === target) return [];
        const to = besides(target);
        return [{ name: `${state} on ${event}, ${at + 1}: to ${to} instead of ${target}`, make: inState(state, change(at, to)) }];
      }),
    );
  });
};

/** Every guard of every role negated, every action dropped, every target swapped; of the roles that are named, or of all. */
export const generatedMutants = (protocol: Protocol, roles: readonly string[] | null = null): readonly GeneratedMutant[] => {
  const found = new Map<string, { readonly role: string; readonly domains: string[]; readonly change: Change }>();
  for (const [domain, of] of Object.entries<Domain>(protocol.domains))
    for (const [role, { machine }] of Object.entries(protocol.rolesOver(of))) {
      if (roles !== null && !roles.includes(role)) continue;
      for (const change of [...negations(machine), ...droppings(machine), ...swaps(machine)]) {
        const id = `${role}: ${change.name}`;
        const known = found.get(id);
        if (known === undefined) found.set(id, { role, domains: [domain], change });
        else known.domains.push(domain);
      }
    }
  return [...found].map(([id, { role, domains, change }]) => ({
    id,
    role,
    domains,
    mutant: { doc: `${id}.`, roles: { [role]: { machine: change.make } } },
  }));
};
