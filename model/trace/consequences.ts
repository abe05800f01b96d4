import type { Place } from '../property/arena.ts';
import { takenOf } from '../world/offer.ts';
import type { Instance } from '../world/system.ts';
import type { Action } from '../world/action.ts';
import { type Case, linkOf } from './edits.ts';
import { Player } from './player.ts';

/** What follows from a step of a run: the messages that it sends are delivered or dropped, and the timers that it sets fire. */
export interface Consequences {
  /** For each action, the index of the one that it follows from; -1 where it follows from none. */
  readonly causes: readonly number[];
  /** For each action, the links on which it sends, with the ordinal of each message. */
  readonly sends: readonly (readonly { readonly link: string; readonly ordinal: number }[])[];
}

/** Plays a run, and notes what follows from what. */
export const consequencesOf = (place: Place, actions: readonly Action[]): Consequences => {
  const { system, world, judge } = place;
  const player = new Player(system, judge.monitors, world);
  const causes: number[] = [];
  const sends: { readonly link: string; readonly ordinal: number }[][] = [];
  const setBy = new Map<string, number>();
  for (const [at, action] of actions.entries()) {
    const move = player.resolve(action);
    const envelope = 'ordinal' in action ? player.ledger.find(action) : undefined;
    const timer = action.type === 'Fire' ? setBy.get(`${action.host} ${action.role} ${action.timer}`) : undefined;
    causes.push((envelope === undefined ? timer : envelope.sentAt - 1) ?? -1);
    sends.push([]);
    if (move === null) continue;
    const started = 'offer' in move ? takenOf(system, move.offer).step.started : [];
    player.make(move);
    for (const happening of player.ledger.happenings)
      if (happening.kind === 'sent' || happening.kind === 'duplicated') {
        const name = { type: 'Deliver', ...player.ledger.nameOf(happening.envelope) } as const;
        sends[at]?.push({ link: linkOf(name) as string, ordinal: name.ordinal });
      }
    if (!('offer' in move)) continue;
    const { hostName, role } = system.instances[move.offer.instance] as Instance;
    for (const timer of started) setBy.set(`${hostName} ${role.name} ${timer}`, at);
  }
  world.observer = null;
  return { causes, sends };
};

/** Without an action and all that follows from it; later messages on the links on which these sent are named as they then are. */
export const withoutConsequences = ({ setting, actions }: Case, { causes, sends }: Consequences, from: number): Case => {
  const gone = new Set([from]);
  for (let at = from + 1; at < actions.length; at++) if (gone.has(causes[at] as number)) gone.add(at);
  const unsent = [...gone].flatMap((at) => sends[at] ?? []);
  return {
    setting,
    actions: actions
      .filter((_, at) => !gone.has(at))
      .map((action) => {
        const link = linkOf(action);
        if (link === null || !('ordinal' in action)) return action;
        const before = unsent.filter((message) => message.link === link && message.ordinal < action.ordinal).length;
        return before === 0 ? action : { ...action, ordinal: action.ordinal - before };
      }),
  };
};
