import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { grouped } from '../text/number.ts';
import { actionText, builtinText, guardText } from './names.ts';
import type { Chart, ChartState, ChartTransition, Trigger, Word } from './chart.ts';

const asList = (value: unknown): readonly unknown[] => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);
const idOf = (node: AnyStateNode): string => node.path.join('.');
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** In the order of the text: XState keeps states in an object, and an object keeps the order in which they were written. */
const childrenOf = (node: AnyStateNode): readonly AnyStateNode[] => Object.values(node.states);

const readState = (node: AnyStateNode): ChartState => ({
  id: idOf(node),
  name: node.key === '' || node.path.length === 0 ? node.machine.id : node.key,
  kind: node.type,
  doc: textOf(node.description),
  tags: node.tags,
  // The node's own lists also hold what XState adds to start and stop timers; the text's do not.
  entry: asList(node.config.entry).map(actionText),
  exit: asList(node.config.exit).map(actionText),
  invokes: node.invoke.map((invoked: { readonly src: unknown }) => textOf(invoked.src)),
  initial: node.type === 'compound' ? idOf(node.initial.target[0] ?? node) : null,
  children: childrenOf(node).map(readState),
});

/** A delay's name, and its length where it is a constant of this machine. */
const timer = (machine: AnyStateMachine, delay: unknown): Trigger => {
  if (typeof delay === 'number') return { kind: 'after', name: '', ms: delay };
  const name = textOf(delay);
  const declared: unknown = (machine.implementations.delays as Readonly<Record<string, unknown>>)[name];
  return { kind: 'after', name, ms: typeof declared === 'number' ? declared : null };
};

const triggerOf = (machine: AnyStateMachine, transition: AnyTransitionDefinition): Trigger => {
  const type = transition.eventType;
  if ('delay' in transition) return timer(machine, transition['delay']);
  if (type === '') return { kind: 'always' };
  const done = /^xstate\.(done|error)\.(state|actor)\.(.*)$/.exec(type);
  if (done === null) return { kind: 'event', name: type };
  // A state that is done is the source itself; an actor has a name of its own.
  const of = done[2] === 'state' ? '' : (done[3] ?? '');
  return { kind: done[1] === 'done' ? 'done' : 'error', of };
};

const readTransition = (machine: AnyStateMachine, transition: AnyTransitionDefinition): ChartTransition => {
  const meta: unknown = transition.meta;
  const rule = isRecord(meta) ? meta : {};
  return {
    source: idOf(transition.source),
    targets: (transition.target ?? []).map(idOf),
    trigger: triggerOf(machine, transition),
    guard: guardText(transition.guard),
    actions: transition.actions.map(actionText),
    reenter: transition.reenter,
    rule: textOf(rule['rule']),
    standard: textOf(rule['source']),
    says: textOf(rule['says']),
  };
};

const transitionsOf = (node: AnyStateNode): readonly ChartTransition[] => [
  ...[...node.transitions.values()].flat().map((each) => readTransition(node.machine, each)),
  ...(node.always ?? []).map((each) => readTransition(node.machine, each)),
  ...childrenOf(node).flatMap(transitionsOf),
];

const delayText = (delay: unknown): string => (typeof delay === 'number' ? `${grouped(delay)} ms` : 'computed');

const wordsOf = (machine: AnyStateMachine): readonly Word[] => {
  const { guards, actions, delays } = machine.implementations;
  const byName = (kind: Word['kind'], names: object, means: (value: unknown) => string): readonly Word[] =>
    Object.entries(names).map(([name, value]) => ({ kind, name, means: means(value) }));
  return [
    ...byName('guard', guards, (guard) => (typeof guard === 'function' && 'check' in guard ? guardText(guard) : '')),
    ...byName('action', actions, (action) => builtinText(action)),
    ...byName('delay', delays, delayText),
  ];
};

/** Reads a machine into plain data. */
export const readChart = (machine: AnyStateMachine): Chart => ({
  id: machine.id,
  root: readState(machine.root),
  transitions: transitionsOf(machine.root),
  words: wordsOf(machine),
});
