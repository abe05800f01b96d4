import { type AnyEventObject, type AnyMachineSnapshot, getNextTransitions } from 'xstate';

/** A guard that said no, with the rule that would have applied. */
export interface HeldBack {
  readonly guard: string;
  /** Null for a transition of no rule. */
  readonly rule: string | null;
}

type Candidate = ReturnType<typeof getNextTransitions>[number];

const isFor = ({ eventType }: Candidate, { type }: AnyEventObject): boolean =>
  eventType === type || eventType === '*' || (eventType.endsWith('.*') && type.startsWith(eventType.slice(0, -1)));

const ruleOf = (meta: unknown): string | null => (meta as { readonly rule?: string } | undefined)?.rule ?? null;

type Guard = (args: { readonly context: unknown; readonly event: AnyEventObject }, params: unknown) => boolean;

/** The named guard of a transition; guards put together by `and`, `or` and `not` have no name of their own. */
const namedGuard = ({ guard }: Candidate): { readonly name: string; readonly params: unknown } | null => {
  if (typeof guard === 'string') return { name: guard, params: undefined };
  const { type, params } = (typeof guard === 'object' ? guard : {}) as { readonly type?: string; readonly params?: unknown };
  return type === undefined ? null : { name: type, params };
};

/**
 * The guards that held an event back in a local state: of the transitions for it, those that were tried before the one that
 * was taken. XState tells what it took, and not what it tried, so the named guards are asked again; they are pure.
 */
export const heldBack = (snapshot: AnyMachineSnapshot, event: AnyEventObject): readonly HeldBack[] => {
  const guards = snapshot.machine.implementations.guards as Readonly<Record<string, unknown>>;
  const passes = (candidate: Candidate): boolean | null => {
    if (candidate.guard === undefined) return true;
    const named = namedGuard(candidate);
    const guard = named === null ? undefined : guards[named.name];
    if (named === null || typeof guard !== 'function' || 'check' in guard) return null;
    const args = { context: snapshot.context as unknown, event };
    return (guard as Guard)(args, typeof named.params === 'function' ? named.params(args) : named.params);
  };
  const held: HeldBack[] = [];
  const taken: string[] = [];
  for (const candidate of getNextTransitions(snapshot)) {
    const { id } = candidate.source;
    // A state that took the event ends the search there and in all states around it.
    if (!isFor(candidate, event) || taken.some((other) => other === id || other.startsWith(`${id}.`))) continue;
    const passed = passes(candidate);
    if (passed === true) taken.push(id);
    if (passed === false) held.push({ guard: namedGuard(candidate)?.name ?? '', rule: ruleOf(candidate.meta) });
  }
  return held;
};
