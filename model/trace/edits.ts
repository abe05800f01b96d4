import type { Action } from '../world/action.ts';
import type { Setting } from '../world/system.ts';

/** A run that can be made smaller: its hosts and links, and its actions by name. */
export interface Case {
  readonly setting: Setting;
  readonly actions: readonly Action[];
}

const hostsNamed = (action: Action): readonly string[] => {
  const named: string[] = [];
  if ('host' in action) named.push(action.host);
  if ('from' in action) named.push(action.from, action.to);
  if ('between' in action) named.push(...action.between);
  return named;
};

/** The setting without a host, and the actions that can still be meant. */
export const withoutHost = ({ setting, actions }: Case, gone: number): Case => {
  const name = (setting.hosts[gone] as Setting['hosts'][number]).name;
  const renumber = (host: number): number => (host > gone ? host - 1 : host);
  return {
    setting: {
      ...setting,
      hosts: setting.hosts.filter((_, index) => index !== gone),
      edges: setting.edges.filter(([a, b]) => a !== gone && b !== gone).map(([a, b]) => [renumber(a), renumber(b)] as const),
    },
    actions: actions
      .filter((action) => !hostsNamed(action).includes(name))
      .map((action) => (action.type === 'Partition' ? { ...action, side: action.side.filter((host) => host !== name) } : action))
      .map((action) =>
        'picks' in action && action.picks !== undefined
          ? { ...action, picks: action.picks.map((pick) => pick.filter((host) => host !== name)) }
          : action,
      ),
  };
};

export const withoutEdge = ({ setting, actions }: Case, gone: number): Case => ({
  setting: { ...setting, edges: setting.edges.filter((_, index) => index !== gone) },
  actions,
});

/** Without the nth unit of time on every clock, counted from 0: clocks that may be little apart can only leave one out together. */
export const withoutUnit = ({ setting, actions }: Case, gone: number): Case => {
  const passed = new Map<string, number>();
  return {
    setting,
    actions: actions.filter((action) => {
      if (action.type !== 'Tick') return true;
      const nth = passed.get(action.host) ?? 0;
      passed.set(action.host, nth + 1);
      return nth !== gone;
    }),
  };
};

/** How many units of time pass on the clock on which most pass. */
export const unitsIn = ({ setting, actions }: Case): number =>
  Math.max(0, ...setting.hosts.map(({ name }) => actions.filter((action) => action.type === 'Tick' && action.host === name).length));

/** An action made simpler, where it can be: no crash in its middle. */
export const simpler = (action: Action): Action | null => {
  if ('crashAfter' in action && action.crashAfter !== undefined) {
    const { crashAfter: _, ...whole } = action;
    return whole as Action;
  }
  return null;
};

/** What makes a case small: actions first, then hosts, links, and actions with a crash in their middle. */
export const size = ({ setting, actions }: Case): number =>
  actions.length * 1_000_000 +
  setting.hosts.length * 10_000 +
  setting.edges.length * 10 +
  actions.filter((action) => simpler(action) !== null).length;

/** So many actions are left out two by two at most; there are half as many pairs as their square. */
const mostPaired = 40;

/** The link that a message is named on, with its type; null for what is not about a message. */
export const linkOf = (action: Action): string | null =>
  'ordinal' in action ? [action.from, action.fromRole, action.to, action.toRole, action.message].join('\n') : null;

/** Without one action, and as if it had sent a message: those that are named later on that link move up by one. */
function* renumbered({ setting, actions }: Case, gone: number): Generator<Case> {
  const later = actions.slice(gone + 1);
  for (const link of new Set(later.map(linkOf)))
    if (link !== null)
      yield {
        setting,
        actions: [
          ...actions.slice(0, gone),
          ...later.map((action) =>
            'ordinal' in action && linkOf(action) === link ? { ...action, ordinal: Math.max(1, action.ordinal - 1) } : action,
          ),
        ],
      };
}

/**
 * Cases that are a little smaller, the boldest first: without a host, a link, a stretch of actions or two of them, with one made
 * simpler, or with the messages after it named anew.
 */
export function* smallerCases(of: Case): Generator<Case> {
  const { setting, actions } = of;
  for (let host = setting.hosts.length - 1; host >= 0; host--) yield withoutHost(of, host);
  for (let edge = setting.edges.length - 1; edge >= 0; edge--) yield withoutEdge(of, edge);
  for (let unit = unitsIn(of) - 1; unit >= 0; unit--) yield withoutUnit(of, unit);
  for (let length = actions.length >> 1; length >= 1; length >>= 1)
    for (let end = actions.length; end > 0; end -= length)
      yield { setting, actions: [...actions.slice(0, Math.max(0, end - length)), ...actions.slice(end)] };
  for (const [at, action] of actions.entries()) {
    const plain = simpler(action);
    if (plain !== null) yield { setting, actions: actions.with(at, plain) };
  }
  for (let at = actions.length - 1; at >= 0; at--) yield* renumbered(of, at);
  if (actions.length > mostPaired) return;
  for (let b = actions.length - 1; b > 0; b--)
    for (let a = b - 1; a >= 0; a--) yield { setting, actions: actions.filter((_, index) => index !== a && index !== b) };
}
