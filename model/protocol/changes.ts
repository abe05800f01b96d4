import { type AnyStateMachine, type AnyStateNode, enqueueActions, StateMachine } from 'xstate';
import { nodesOf } from '../role/nodes.ts';
import { nothing } from '../role/nothing.ts';
import type { RoleMutant } from './protocol.ts';

/** The changes of a machine that generated mutants plant, and how it is known whether a run comes to what they change. */

/** One change of a machine. */
export interface Change {
  /** `guard isFull negated`. */
  readonly name: string;
  /** The rules of the transitions that it changes, sorted. */
  readonly rules: readonly string[];
  readonly mutant: RoleMutant;
  readonly reached: Reached;
}

/** What shows that a run came to the place of a change. */
export type Reached =
  /** Makes a machine that behaves alike, and tells whenever it comes there. */
  | { readonly by: 'telling'; readonly machine: (machine: AnyStateMachine, tell: () => void) => AnyStateMachine }
  /** A step with one of the rules; where `persists`, one that stores something. */
  | { readonly by: 'rule'; readonly persists: boolean };

const nameOf = (of: unknown): string | null => {
  if (typeof of === 'string') return of;
  return typeof of === 'object' && of !== null && 'type' in of && typeof of.type === 'string' ? of.type : null;
};

const transitionsOf = (node: AnyStateNode) => [...[...node.transitions.values()].flat(), ...(node.always ?? [])];

const used = (names: readonly (string | null)[], implemented: object): readonly string[] =>
  [...new Set(names)].filter((name): name is string => name !== null && Object.hasOwn(implemented, name)).sort();

type Guard = (given: unknown, params: unknown) => boolean;

const ruleOf = ({ meta }: { readonly meta?: unknown }): string | null => {
  const { rule } = (meta ?? {}) as { readonly rule?: unknown };
  return typeof rule === 'string' ? rule : null;
};

/** The rules of those transitions of a machine that are meant. */
const rulesOf = (machine: AnyStateMachine, isMeant: (transition: ReturnType<typeof transitionsOf>[number], from: AnyStateNode) => boolean) =>
  [
    ...new Set(
      nodesOf(machine).flatMap((node) =>
        transitionsOf(node)
          .filter((each) => isMeant(each, node))
          .map(ruleOf),
      ),
    ),
  ]
    .filter((rule) => rule !== null)
    .sort();

const withGuard = (of: AnyStateMachine, name: string, by: (guard: Guard) => Guard): AnyStateMachine =>
  of.provide({ guards: { [name]: by(of.implementations.guards[name] as Guard) } } as never);

/** The named guards of a transition, also those of which `and`, `or` and `not` make another. */
const guardsIn = (guard: unknown): readonly string[] => {
  const inner = typeof guard === 'function' && 'guards' in guard && Array.isArray(guard.guards) ? guard.guards : null;
  if (inner !== null) return inner.flatMap(guardsIn);
  const name = nameOf(guard);
  return name === null ? [] : [name];
};

export const negations = (machine: AnyStateMachine): readonly Change[] =>
  used(
    nodesOf(machine).flatMap((node) => transitionsOf(node).flatMap(({ guard }) => guardsIn(guard))),
    machine.implementations.guards,
  ).map((name) => ({
    name: `guard ${name} negated`,
    rules: rulesOf(machine, ({ guard }) => guardsIn(guard).includes(name)),
    mutant: { machine: (of) => withGuard(of, name, (guard) => (given, params) => !guard(given, params)) },
    reached: {
      by: 'telling',
      machine: (of, tell) =>
        withGuard(of, name, (guard) => (given, params) => {
          tell();
          return guard(given, params);
        }),
    },
  }));

const actionsOf = (node: AnyStateNode): readonly unknown[] => [...transitionsOf(node).flatMap((each) => each.actions), ...node.entry, ...node.exit];

export const droppings = (machine: AnyStateMachine): readonly Change[] =>
  used(nodesOf(machine).flatMap(actionsOf).map(nameOf), machine.implementations.actions).map((name) => ({
    name: `action ${name} dropped`,
    rules: rulesOf(machine, ({ actions, target }, from) =>
      [...actions, ...from.exit, ...(target ?? []).flatMap(({ entry }) => entry)].some((action) => nameOf(action) === name),
    ),
    mutant: { machine: (of) => of.provide({ actions: { [name]: nothing } } as never) },
    reached: {
      by: 'telling',
      machine: (of, tell) => {
        const action = of.implementations.actions[name];
        const telling = enqueueActions(({ enqueue }) => {
          tell();
          enqueue(action as never);
        });
        return of.provide({ actions: { [name]: telling } } as never);
      },
    },
  }));

/** A step of a rule stores nothing, and does all the rest. Which rules store at all is seen when they are run. */
export const losses = (machine: AnyStateMachine): readonly Change[] =>
  rulesOf(machine, () => true).map((rule) => ({
    name: `persist of ${rule} dropped`,
    rules: [rule],
    mutant: { loses: (effect, rules) => effect.type === 'persist' && rules.includes(rule) },
    reached: { by: 'rule', persists: true },
  }));

/** The configuration of a state, as far as it says where transitions lead. */
interface Chart {
  readonly on?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly always?: unknown;
  readonly states?: Readonly<Record<string, Chart>>;
}

/** Where the transitions of a state stand in its configuration. */
type Place = readonly ['on' | 'after', string] | readonly ['always'];

const listOf = (of: unknown): readonly unknown[] => (Array.isArray(of) ? of : [of]);

const placesOf = ({ on = {}, after = {}, always }: Chart): readonly Place[] => [
  ...Object.keys(on).map((event) => ['on', event] as const),
  ...Object.keys(after).map((delay) => ['after', delay] as const),
  ...(always === undefined ? [] : [['always'] as const]),
];

const listAt = (chart: Chart, place: Place): readonly unknown[] =>
  listOf(place[0] === 'always' ? chart.always : (chart[place[0]] as Readonly<Record<string, unknown>>)[place[1]]);

const withList = (chart: Chart, place: Place, list: readonly unknown[]): Chart =>
  place[0] === 'always' ? { ...chart, always: list } : { ...chart, [place[0]]: { ...chart[place[0]], [place[1]]: list } };

/** Where a transition leads instead: the state that stands next to its target. */
export const swaps = (machine: AnyStateMachine): readonly Change[] => {
  const chart = machine.config as unknown as Chart;
  const states = Object.entries(chart.states ?? {});
  const names = states.map(([name]) => name);
  if (names.length < 2) return [];
  return states.flatMap(([state, inState]) =>
    placesOf(inState).flatMap((place) =>
      listAt(inState, place).flatMap((transition, at): Change[] => {
        const { target } = (transition ?? {}) as { readonly target?: unknown };
        if (typeof target !== 'string' || !names.includes(target)) return [];
        const to = names[(names.indexOf(target) + 1) % names.length] as string;
        const rule = ruleOf(transition as object);
        return [
          {
            name: `${state} on ${place[1] ?? 'always'}, ${at + 1}: to ${to} instead of ${target}`,
            rules: rule === null ? [] : [rule],
            mutant: { machine: (of) => retargeted(of, state, place, at, to) },
            reached: { by: 'rule', persists: false },
          },
        ];
      }),
    ),
  );
};

const retargeted = (of: AnyStateMachine, state: string, place: Place, at: number, target: string): AnyStateMachine => {
  const whole = of.config as unknown as Chart;
  const chart = whole.states?.[state] ?? {};
  const list = listAt(chart, place).map((transition, index) => (index === at ? { ...(transition as object), target } : transition));
  const config = { ...whole, states: { ...whole.states, [state]: withList(chart, place, list) } };
  return new StateMachine(config as never, of.implementations as never) as unknown as AnyStateMachine;
};
