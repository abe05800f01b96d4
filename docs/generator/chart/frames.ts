import { type Chart, type ChartState, type ChartTransition, isWithin, within } from './chart.ts';
import { transitionLabel } from './labels.ts';
import type { Paragraph } from '../text/label.ts';

/**
 * A frame is what one layout sees: the states below an owner that are reached without entering a region of a parallel
 * state. A parallel state is one box to the frame that it stands in, and each of its regions owns a frame.
 */
export interface Frame {
  readonly owner: ChartState;
  /** The ids of the states that are drawn in this frame. */
  readonly members: ReadonlySet<string>;
  readonly edges: readonly Edge[];
}

/** All transitions from one state to another: one arrow, whose label lists them in the order of the text. */
export interface Edge {
  readonly source: string;
  readonly target: string;
  readonly labels: readonly Paragraph[];
}

/** How a chart is shown: which frames it has, and what each state lists in its own box. */
export interface Arrangement {
  readonly chart: Chart;
  /** States whose inside is shown in a picture of its own. */
  readonly folded: ReadonlySet<string>;
  frameOf(owner: string): Frame;
  /** The transitions that no arrow shows: those that stay, and those that enter or leave a region. */
  listed(state: string): readonly Paragraph[];
}

/** Whether the children of a state stand in the same frame as the state. */
const opens = (state: ChartState, folded: ReadonlySet<string>): boolean => state.kind !== 'parallel' && !folded.has(state.id);

const membersOf = (owner: ChartState, folded: ReadonlySet<string>): ReadonlySet<string> => {
  const visit = (state: ChartState): readonly string[] => [state.id, ...(opens(state, folded) ? state.children.flatMap(visit) : [])];
  return new Set(opens(owner, folded) ? owner.children.flatMap(visit) : []);
};

/** The deepest member that holds a state. */
const representative = (id: string, members: ReadonlySet<string>): string | undefined => {
  const parts = id.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const prefix = parts.slice(0, length).join('.');
    if (members.has(prefix)) return prefix;
  }
  return undefined;
};

/** An id as it reads inside a state: without the path to that state. */
const relative = (id: string, owner: string): string => (owner !== '' && id.startsWith(`${owner}.`) ? id.slice(owner.length + 1) : id);

interface Shown {
  readonly transition: ChartTransition;
  readonly source: string;
  readonly target: string;
  readonly label: Paragraph;
}

/** The arrows of one transition in a frame: one for each state that stands for a target, and none where the ends are one inside the other. */
const arrows = (transition: ChartTransition, members: ReadonlySet<string>): readonly Shown[] => {
  const source = representative(transition.source, members);
  if (source === undefined) return [];
  const targets = new Map<string, string[]>();
  for (const id of transition.targets) {
    const target = representative(id, members);
    if (target === undefined || isWithin(target, source) || isWithin(source, target)) continue;
    targets.set(target, [...(targets.get(target) ?? []), ...(id === target ? [] : [relative(id, target)])]);
  }
  const from = source === transition.source ? '' : relative(transition.source, source);
  return [...targets].map(([target, inner]) => ({ transition, source, target, label: transitionLabel(transition, from, inner.join(' and ')) }));
};

const grouped = (shown: readonly Shown[]): readonly Edge[] => {
  const edges = new Map<string, { source: string; target: string; labels: Paragraph[] }>();
  for (const { source, target, label } of shown) {
    const key = JSON.stringify([source, target]);
    const edge = edges.get(key) ?? { source, target, labels: [] };
    edge.labels.push(label);
    edges.set(key, edge);
  }
  return [...edges.values()];
};

/** A transition as a line in its source's own box. */
const listedLabel = (transition: ChartTransition): Paragraph => {
  const others = transition.targets.filter((target) => target !== transition.source);
  const label = transitionLabel(transition, '', others.map((id) => relative(id, transition.source)).join(' and '));
  const returns = transition.targets.length > 0 && others.length === 0;
  return returns && label.icon === undefined
    ? { ...label, icon: 'loop' }
    : returns
      ? { ...label, runs: [...label.runs, { part: 'muted', text: ' again' }] }
      : label;
};

/** Arranges what lies below `top`. A transition that no frame can draw is listed in its source. */
export const arrange = (chart: Chart, top: ChartState = chart.root, folded: ReadonlySet<string> = new Set()): Arrangement => {
  const owners = within(top).filter((state) => {
    const parent = top === state ? undefined : within(top).find((each) => each.children.includes(state));
    return state === top || parent?.kind === 'parallel';
  });
  const frames = new Map<string, Frame>();
  const drawn = new Set<ChartTransition>();
  for (const owner of owners) {
    const members = membersOf(owner, folded);
    const shown = chart.transitions.flatMap((transition) => arrows(transition, members));
    for (const { transition } of shown) drawn.add(transition);
    frames.set(owner.id, { owner, members, edges: grouped(shown) });
  }
  const lists = new Map<string, Paragraph[]>();
  for (const transition of chart.transitions.filter((each) => !drawn.has(each))) {
    lists.set(transition.source, [...(lists.get(transition.source) ?? []), listedLabel(transition)]);
  }
  const none: Frame = { owner: top, members: new Set(), edges: [] };
  return { chart, folded, frameOf: (owner) => frames.get(owner) ?? none, listed: (state) => lists.get(state) ?? [] };
};
