/**
 * A role's machine as plain data: what its table and its pictures are made from. Nothing here knows XState; `read.ts` does.
 */
export type StateKind = 'atomic' | 'compound' | 'parallel' | 'final' | 'history';

export interface ChartState {
  /** The path from the root, joined with dots; empty for the root. */
  readonly id: string;
  readonly name: string;
  readonly kind: StateKind;
  readonly doc: string;
  readonly tags: readonly string[];
  readonly entry: readonly string[];
  readonly exit: readonly string[];
  /** What a state invokes: choices of the environment. */
  readonly invokes: readonly string[];
  /** The child that is entered first; null for parallel states and leaves. */
  readonly initial: string | null;
  readonly children: readonly ChartState[];
}

/** What makes a transition possible. */
export type Trigger =
  | { readonly kind: 'event'; readonly name: string }
  /** A timer: its name where it has one, its length where it is constant. */
  | { readonly kind: 'after'; readonly name: string; readonly ms: number | null }
  | { readonly kind: 'always' }
  /** The state itself is done, or an actor that it invoked is done or failed. */
  | { readonly kind: 'done' | 'error'; readonly of: string };

export interface ChartTransition {
  /** The ids of states. */
  readonly source: string;
  /** None: the transition stays where it is and only acts. */
  readonly targets: readonly string[];
  readonly trigger: Trigger;
  /** Empty where there is none. */
  readonly guard: string;
  readonly actions: readonly string[];
  /** The source is left and entered again, although the target lies within it. */
  readonly reenter: boolean;
  readonly rule: string;
  /** The standard that the rule cites. */
  readonly standard: string;
  readonly says: string;
}

/** A name that the machine uses, and what stands behind it as far as data can say. */
export interface Word {
  readonly kind: 'guard' | 'action' | 'delay';
  readonly name: string;
  readonly means: string;
}

export interface Chart {
  readonly id: string;
  readonly root: ChartState;
  /** In the order of the text: of two with the same source and event, the first whose guard holds is taken. */
  readonly transitions: readonly ChartTransition[];
  readonly words: readonly Word[];
}

/** A state and all below it, in the order of the text. */
export const within = (state: ChartState): readonly ChartState[] => [state, ...state.children.flatMap(within)];

/** Whether a state lies within another, or is it. */
export const isWithin = (id: string, ancestor: string): boolean => ancestor === '' || id === ancestor || id.startsWith(`${ancestor}.`);
