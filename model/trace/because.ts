import type { Action, MessageName } from '../world/action.ts';
import type { ReplayedStep } from './replay.ts';

/** Why a step could be as it was: an earlier step, counted from 1, or the start as 0; and what came of it that this step rests on. */
export interface Cause {
  readonly step: number;
  readonly what: 'sent it' | 'made way' | 'left it so' | 'set the timer' | 'brought time so far' | 'did it';
}

/** A step of a chain of causes. */
export interface Link {
  readonly step: ReplayedStep;
  readonly causes: readonly Cause[];
}

/** What a run's end rests on. */
export interface Because {
  /** Steps from which a way leads to the end along happens-before (Lamport 1978), the last first. */
  readonly chain: readonly Link[];
  /** Faults that no way leads from: they count by what did not happen, such as a message that never came. */
  readonly missing: readonly ReplayedStep[];
}

/** A role on a host. */
interface Actor {
  readonly host: string;
  readonly role: string;
}

const actorOf = ({ action }: ReplayedStep): Actor | null => {
  if (action.type === 'Deliver') return { host: action.to, role: action.toRole };
  return 'role' in action && 'host' in action ? { host: action.host, role: action.role } : null;
};

const isSame = (a: MessageName, b: MessageName): boolean =>
  a.from === b.from && a.fromRole === b.fromRole && a.to === b.to && a.toRole === b.toRole && a.message === b.message && a.ordinal === b.ordinal;

const isFromSame = (before: Action, { from, fromRole, to, toRole }: MessageName): boolean =>
  (before.type === 'Deliver' || before.type === 'Drop') &&
  before.from === from &&
  before.fromRole === fromRole &&
  before.to === to &&
  before.toRole === toRole;

/** The last step before another that is like this; 0 for the start. */
const lastBefore = (steps: readonly ReplayedStep[], number: number, is: (step: ReplayedStep) => boolean): number =>
  steps.slice(0, number - 1).findLast(is)?.number ?? 0;

const changes = (part: (name: string) => boolean) => (step: ReplayedStep) => step.changes.some(({ name }) => part(name));

/** Whether a part of the world is what a role knows or has stored: what it does next follows from that. */
const isStateOf = ({ host, role }: Actor): ((name: string) => boolean) => {
  const place = `${host}/${role}/`;
  return (name) => name.startsWith(place) && !/\/(inbox|timers|fires left)$/.test(name);
};

const causesOf = (steps: readonly ReplayedStep[], step: ReplayedStep, isOrdered: boolean): readonly Cause[] => {
  const { action, number } = step;
  const found: Cause[] = [];
  const add = (what: Cause['what'], is: (step: ReplayedStep) => boolean): void => {
    found.push({ step: lastBefore(steps, number, is), what });
  };
  if (action.type === 'Deliver' || action.type === 'Drop' || action.type === 'Duplicate')
    add('sent it', ({ sent }) => sent.some((message) => message.lost === null && isSame(message, action)));
  const actor = actorOf(step);
  if (action.type === 'Fire' && actor !== null)
    add(
      'set the timer',
      changes((name) => name === `${actor.host}/${actor.role}/timers`),
    );
  if (actor !== null && action.type !== 'Drop' && action.type !== 'Duplicate') {
    add('left it so', changes(isStateOf(actor)));
    add(
      'did it',
      changes((name) => name === `${actor.host}/life` || name === `${actor.host}/${actor.role}/status`),
    );
  }
  // Clocks are never further apart than their drift, and what is due comes before the next unit of time.
  if (action.type === 'Tick')
    for (const part of [(name: string) => name.endsWith('/clock'), (name: string) => name.startsWith(`${action.host}/`) && name.endsWith('/timers')])
      add('brought time so far', changes(part));
  if (action.type === 'Restart' || action.type === 'Resume')
    add(
      'did it',
      changes((name) => name === `${action.host}/life`),
    );
  if (action.type === 'Restart')
    add(
      'left it so',
      changes((name) => name === `${action.host}/stored`),
    );
  if (action.type === 'Repair' || action.type === 'Release' || action.type === 'Break')
    add(
      'did it',
      changes((name) => name === 'links'),
    );
  // Where messages stand in line, the one before has to be gone.
  if (action.type === 'Deliver' && (isOrdered || action.from === action.to)) add('made way', (before) => isFromSame(before.action, action));
  // What has been so from the start needs no word, but for a message that was on its way then.
  const told = found.filter((cause) => cause.step > 0 || cause.what === 'sent it');
  return told.filter((cause, at) => told.findIndex(({ step: other }) => other === cause.step) === at).sort((a, b) => b.step - a.step);
};

const isFaultType = /^(Drop|Crash|Partition|Break|Hold|Pause|Corrupt|Leave|StopRole|Uninstall|Skew)$/;

/**
 * Walks back from the end of a run to all that it rests on: who sent the message that a step handles, what last changed the
 * role that handles it, what set the timer that fires.
 * @param about the roles whose values the claim shows: what last changed each, or the life of its host, counts as a cause of the end too, and so does
 * whatever a monitor of the claim heard.
 * @param isOrdered whether messages of one sender stand in line.
 */
export const becauseOf = (steps: readonly ReplayedStep[], about: readonly Actor[], isOrdered: boolean): Because => {
  const last = steps.at(-1);
  if (last === undefined) return { chain: [], missing: [] };
  const ends = about.flatMap((actor) =>
    [isStateOf(actor), (name: string) => name === `${actor.host}/life`].map((part) => lastBefore(steps, last.number + 1, changes(part))),
  );
  const heard = steps.filter(changes((name) => name.startsWith('monitor/'))).map(({ number }) => number);
  const waiting = [...new Set([last.number, ...ends, ...heard])].filter((number) => number > 0);
  const links = new Map<number, Link>();
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (links.has(number)) continue;
    const step = steps[number - 1] as ReplayedStep;
    const causes = causesOf(steps, step, isOrdered);
    links.set(number, { step, causes });
    waiting.push(...causes.map((cause) => cause.step).filter((cause) => cause > 0));
  }
  return {
    chain: [...links.values()].sort((a, b) => b.step.number - a.step.number),
    missing: steps.filter(({ number, action }) => !links.has(number) && isFaultType.test(action.type)),
  };
};
