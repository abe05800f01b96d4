import type { Arena, Place } from '../property/arena.ts';
import type { Failure } from '../property/failure.ts';
import type { MessageType } from '../role/message.ts';
import type { Action } from '../world/action.ts';
import type { Move } from '../world/move.ts';
import { takenOf } from '../world/offer.ts';
import type { System } from '../world/system.ts';
import { modelDigest } from './digest.ts';
import { partPrints } from './parts.ts';
import { play, type Target } from './play.ts';
import type { Trace, TraceStep } from './trace.ts';

/** A few words on a message's content, as its declaration gives them. */
export const labelOf = (system: System, message: { readonly type: string }): string => {
  const type: MessageType | undefined = system.engine.protocol.messages[message.type];
  return type?.label === undefined ? '' : type.label(message as never);
};

/** The rules that a move fires in the present world. */
export const rulesOf = (system: System, move: Move): readonly string[] => ('offer' in move ? takenOf(system, move.offer).step.rules : []);

const hintOf = (system: System, move: Move): string =>
  'offer' in move && move.offer.kind === 'Deliver' ? labelOf(system, system.inboxes.entry(move.offer.entry).message) : '';

/** What a trace says of itself, beside its steps. */
export interface Heading {
  readonly scenario: string;
  readonly mutant: string | null;
  readonly strategy: string;
  readonly seed: number;
  readonly property: string;
  readonly part: string;
  readonly verdict: Trace['verdict'];
  readonly minimised: Trace['minimised'];
}

/** Plays actions once more and writes down each step: the trace of the run, and the failure that it ends with. */
export const record = (
  arena: Arena,
  place: Place,
  actions: readonly Action[],
  target: Target,
  heading: Heading,
): { readonly trace: Trace; readonly failure: Failure | null; readonly place: Place } => {
  const { system, world } = place;
  const steps: TraceStep[] = [];
  world.reset();
  const start = world.fingerprint();
  const before = new Int32Array(world.row.length);
  let draft: { readonly action: Action; readonly rules: readonly string[]; readonly hint: string } | null = null;
  const { failure } = play(place, actions, target, {
    before: (move, _settling, player) => {
      before.set(world.row);
      draft = { action: player.nameOf(move), rules: rulesOf(system, move), hint: hintOf(system, move) };
    },
    after: (_move, settling) => {
      if (draft === null) return;
      const { action, rules, hint } = draft;
      steps.push({
        action,
        fingerprint: world.fingerprint(),
        rules,
        ...(hint === '' ? {} : { hint }),
        parts: partPrints(world, before),
        ...(settling ? { settling: true as const } : {}),
      });
    },
  });
  const trace: Trace = {
    rolecall: 1,
    protocol: arena.protocol.id,
    model: modelDigest(arena.protocol, heading.scenario, heading.mutant),
    hosts: system.hosts,
    links: place.setting.edges.map(([a, b]) => [system.hosts[a] as string, system.hosts[b] as string] as const),
    start,
    steps,
    ...(target.loop === undefined ? {} : { loop: target.loop }),
    ...heading,
  };
  return { trace, failure, place };
};
