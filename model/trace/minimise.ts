import { type Consequences, withoutConsequences } from './consequences.ts';
import { type Case, simpler, size, unitsIn, withoutEdge, withoutHost, withoutUnit } from './edits.ts';
import type { Action } from '../world/action.ts';

/** Runs a case. Returns what really ran of it where it still fails, or null. */
export type StillFails = (candidate: Case) => Case | null;

/** What shrinking cost. */
export interface Effort {
  candidates: number;
  readonly limit: number;
}

/**
 * Makes a failing run smaller over schedule, faults, workload and topology together: hosts and links go first, because
 * most goes with them; then ever smaller stretches of actions (after Zeller and Hildebrandt's ddmin), from the end to the
 * start; then actions with all that follows from them; then single actions are made simpler. Each candidate is run, and what really ran is kept. It ends when nothing
 * more can go, or when the effort is spent.
 */
export const minimise = (start: Case, stillFails: StillFails, effort: Effort, consequences: (of: Case) => Consequences): Case => {
  let best = start;
  const attempt = (candidate: Case): boolean => {
    if (effort.candidates >= effort.limit) return false;
    effort.candidates++;
    const ran = stillFails(candidate);
    if (ran === null || size(ran) >= size(best)) return false;
    best = ran;
    return true;
  };
  const hosts = (): boolean => {
    let smaller = false;
    for (let host = best.setting.hosts.length - 1; host >= 0; host--) smaller = attempt(withoutHost(best, host)) || smaller;
    for (let edge = best.setting.edges.length - 1; edge >= 0; edge--) smaller = attempt(withoutEdge(best, edge)) || smaller;
    return smaller;
  };
  const stretches = (): boolean => {
    let smaller = false;
    for (let length = Math.max(1, best.actions.length >> 1); length >= 1; length = length === 1 ? 0 : Math.max(1, length >> 1))
      for (let end = best.actions.length; end > 0; ) {
        const from = Math.max(0, end - length);
        const gone = attempt({ ...best, actions: [...best.actions.slice(0, from), ...best.actions.slice(end)] });
        smaller = gone || smaller;
        end = gone ? Math.min(from, best.actions.length) : from;
      }
    return smaller;
  };
  /** A command may only be able to go together with what it led to, which stands here and there in the run: its request and the answer. */
  const strands = (): boolean => {
    let smaller = false;
    let known: Consequences | null = null;
    for (let at = best.actions.length - 1; at >= 0; at--) {
      known ??= consequences(best);
      if (!attempt(withoutConsequences(best, known, at))) continue;
      smaller = true;
      known = null;
      at = Math.min(at, best.actions.length);
    }
    return smaller;
  };
  const units = (): boolean => {
    let smaller = false;
    for (let unit = unitsIn(best) - 1; unit >= 0; unit--) smaller = attempt(withoutUnit(best, unit)) || smaller;
    return smaller;
  };
  /** Two actions far apart may only be able to go together: a partition and its repair, a message and its answer. */
  const pairs = (): boolean => {
    for (let b = best.actions.length - 1; b > 0; b--)
      for (let a = b - 1; a >= 0; a--) if (attempt({ ...best, actions: best.actions.filter((_, index) => index !== a && index !== b) })) return true;
    return false;
  };
  const plainly = (): boolean => {
    let smaller = false;
    for (let at = 0; at < best.actions.length; at++) {
      const plain = simpler(best.actions[at] as Action);
      if (plain !== null) smaller = attempt({ ...best, actions: best.actions.map((action, index) => (index === at ? plain : action)) }) || smaller;
    }
    return smaller;
  };
  // The first pass cuts the tail off: what really ran ends with the failure.
  const ran = stillFails(best);
  if (ran !== null) best = ran;
  while (hosts() || units() || stretches() || strands() || plainly() || (best.actions.length <= 40 && pairs()));
  return best;
};
