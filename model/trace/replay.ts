import type { AnyEventObject } from 'xstate';
import { RolecallError } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import type { Value } from '../kernel/value.ts';
import { Arena, mutantOf, type Place, scenarioOf } from '../property/arena.ts';
import type { Failure } from '../property/failure.ts';
import { roleThrew } from '../property/judge.ts';
import type { InstanceView, Property } from '../property/property.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { type HeldBack, heldBack } from '../role/held-back.ts';
import type { Action, MessageName } from '../world/action.ts';
import { type Offer, takenOf } from '../world/offer.ts';
import { type Instance, lives, type System } from '../world/system.ts';
import { modelDigest } from './digest.ts';
import type { Happening, Ledger } from './ledger.ts';
import { changedParts, type NamedPart, partPrints, partsOf } from './parts.ts';
import { play, type Target } from './play.ts';
import { labelOf, rulesOf } from './record.ts';
import { settingOfTrace } from './setting.ts';
import type { Trace } from './trace.ts';
import { actionText } from './write.ts';

/** A message that a step sent, and what became of it at once. */
export interface SentMessage extends MessageName {
  readonly label: string;
  /** Why it never was in flight, or null. */
  readonly lost: string | null;
}

/** One step of a replay. */
export interface ReplayedStep {
  /** Counts from 1; steps of settling go on counting. */
  readonly number: number;
  readonly action: Action;
  readonly settling: boolean;
  readonly rules: readonly string[];
  readonly refused: boolean;
  /** Guards that said no before another transition was taken, or none was. */
  readonly heldBack: readonly HeldBack[];
  /** A few words on the message that was delivered. */
  readonly label: string;
  readonly sent: readonly SentMessage[];
  /** In flight before, and gone with a connection or a host. */
  readonly vanished: readonly MessageName[];
  readonly stored: readonly { readonly host: string; readonly role: string; readonly key: string }[];
  readonly changes: readonly { readonly name: string; readonly before: Value; readonly after: Value }[];
  readonly fingerprint: string;
}

/** Where a replay left its trace. */
export interface Divergence {
  readonly step: number;
  readonly host: string;
  readonly field: string;
  readonly detail: string;
}

export interface ReplayReport {
  readonly trace: Trace;
  /** The trace was made with this very model. */
  readonly sameModel: boolean;
  readonly steps: readonly ReplayedStep[];
  /** The parts of the world before the first step; each step's changes lead on from there. Asked for by few, so worked out when asked. */
  readonly start: () => readonly NamedPart[];
  /** Steps of the trace that were not possible; only a lenient replay goes on after one. */
  readonly skipped: readonly { readonly step: number; readonly action: Action }[];
  readonly divergence: Divergence | null;
  /** The property failed, or the witness was seen, as the trace says. */
  readonly reproduced: boolean;
  readonly detail: string;
  readonly claim: string;
  readonly values: readonly ShownValue[];
  readonly hosts: readonly { readonly name: string; readonly roles: readonly string[]; readonly off: boolean }[];
}

/** What a property is about, on one host. */
export interface ShownValue {
  readonly host: string;
  readonly role: string;
  readonly life: string;
  readonly shows: string;
}

/** The property of a trace. */
export const propertyOf = (properties: readonly Property[], id: string): Property | null => {
  if (id === roleThrew) return null;
  const found = properties.find((property) => property.type.id === id);
  if (found !== undefined) return found;
  const ids = properties.map((property) => property.type.id);
  const near = nearest(id, ids);
  throw new RolecallError({
    code: 'UNKNOWN_PROPERTY',
    message: `there is no property ${id}`,
    place: 'property',
    advice: near === null ? `Known: ${ids.join(', ')}.` : `Did you mean ${near}?`,
  });
};

/** What a trace's part is looked for as. */
const targetOf = (property: Property | null, { part, loop, steps }: Trace): Target => ({
  isFailure: (failure) => (property === null ? failure.part === null : failure.part?.property === property && failure.part.name === part),
  witness: part.startsWith('sometimes.') ? part : null,
  settles: steps.some((step) => step.settling === true),
  ...(loop === undefined ? {} : { loop }),
});

/** The values that a property shows, host by host. */
export const shownValues = (place: Place, property: Property | null): readonly ShownValue[] => {
  const { judge, system, world } = place;
  if (property === null) return [];
  const reader = judge.viewOf(property, world.row);
  return Object.entries(property.type.shows ?? {}).flatMap(([role, show]) =>
    reader.all(role).map((instance: InstanceView) => ({
      host: instance.host,
      role,
      life: lives[world.life(system.hosts.indexOf(instance.host))] as string,
      shows: attempt(() => show?.(instance as never) ?? ''),
    })),
  );
};

const attempt = (show: () => string): string => {
  try {
    return show();
  } catch (error) {
    return `(${error instanceof Error ? error.message : String(error)})`;
  }
};

const tellSent = (place: Place, ledger: Ledger, happening: Happening): SentMessage[] => {
  const { system } = place;
  if (happening.kind === 'sent' || happening.kind === 'duplicated')
    return [{ ...ledger.nameOf(happening.envelope), label: labelOf(system, happening.envelope.message), lost: null }];
  if (happening.kind !== 'lost') return [];
  const from = system.instances[happening.from] as (typeof system.instances)[number];
  return [
    {
      from: from.hostName,
      fromRole: from.role.name,
      to: happening.to,
      toRole: '',
      message: happening.message.type,
      ordinal: 0,
      label: labelOf(system, happening.message),
      lost: happening.loss,
    },
  ];
};

const hostOfPart = (name: string): { readonly host: string; readonly field: string } => {
  const [host, ...rest] = name.split('/');
  return rest.length === 0 ? { host: 'network', field: name } : { host: host as string, field: rest.join('/') };
};

const heldBackIn = (system: System, { instance, from, event }: Offer): readonly HeldBack[] =>
  heldBack((system.instances[instance] as Instance).role.memory.snapshot(from.local), system.engine.interner.value(event) as AnyEventObject);

const hostOfAction = (action: Action): string => ('host' in action ? action.host : 'to' in action ? action.to : 'network');

/** The first part in which a step differs from its trace. */
const differing = (
  expected: Readonly<Record<string, string>>,
  found: Readonly<Record<string, string>>,
): { readonly host: string; readonly field: string; readonly detail: string } => {
  const name = [...new Set([...Object.keys(expected), ...Object.keys(found)])].find((part) => expected[part] !== found[part]);
  if (name === undefined) return { host: 'network', field: 'world', detail: 'the world differs where the step did not touch it' };
  const side = (print: string | undefined): string => print ?? 'unchanged';
  return { ...hostOfPart(name), detail: `the trace has ${side(expected[name])}, the replay ${side(found[name])}` };
};

/** The arena, place and target of a trace under the present model. */
export const stageOf = (
  protocol: Protocol,
  properties: readonly Property[],
  trace: Trace,
): { readonly arena: Arena; readonly place: Place; readonly target: Target; readonly property: Property | null } => {
  const scenario = scenarioOf(protocol, trace.scenario);
  const property = propertyOf(properties, trace.property);
  const planted = mutantOf(properties, trace.mutant);
  const arena = new Arena(protocol, scenario, property === null ? [] : [property], planted?.mutant ?? null);
  return { arena, place: arena.at(settingOfTrace(scenario, trace)), target: targetOf(property, trace), property };
};

/**
 * Replays a trace step by step. A strict replay stops at the first step that is not possible, or whose world differs from
 * the trace, and says where; a lenient one resolves the actions anew under the present model and says what it skipped.
 * @throws RolecallError where the trace is of another protocol, or names what the model does not have.
 */
export const replayTrace = (
  protocol: Protocol,
  properties: readonly Property[],
  trace: Trace,
  options: { readonly lenient?: boolean } = {},
): ReplayReport => {
  if (trace.protocol !== protocol.id)
    throw new RolecallError({
      code: 'TRACE_PROTOCOL',
      message: `this is a trace of ${trace.protocol}, not of ${protocol.id}`,
      place: 'protocol',
      advice: 'Replay it with the protocol that it names.',
    });
  const lenient = options.lenient ?? false;
  const { place, target, property } = stageOf(protocol, properties, trace);
  const { system, world } = place;
  world.reset();
  const steps: ReplayedStep[] = [];
  let divergence: Divergence | null = null;
  if (!lenient && world.fingerprint() !== trace.start)
    divergence = { step: 0, host: 'network', field: 'world', detail: 'the first world differs: hosts, parameters or budgets are others' };
  const scheduled = trace.steps.filter((step) => step.settling !== true);
  const first = Int32Array.from(world.row);
  const before = new Int32Array(world.row.length);
  let draft: Omit<ReplayedStep, 'sent' | 'vanished' | 'stored' | 'changes' | 'fingerprint'> | null = null;
  let values: readonly ShownValue[] = [];
  const skipped: { step: number; action: Action }[] = [];
  const expectedAt = (number: number): Trace['steps'][number] | undefined => trace.steps[number - 1];
  const played = play(
    place,
    scheduled.map((step) => step.action),
    target,
    {
      before: (move, settling, player) => {
        before.set(world.row);
        const delivered = 'offer' in move && move.offer.kind === 'Deliver' ? system.inboxes.entry(move.offer.entry).message : null;
        draft = {
          number: steps.length + 1,
          action: player.nameOf(move),
          settling,
          rules: rulesOf(system, move),
          refused: 'offer' in move && takenOf(system, move.offer).step.refused,
          heldBack: 'offer' in move ? heldBackIn(system, move.offer) : [],
          label: delivered === null ? '' : labelOf(system, delivered),
        };
      },
      after: (_move, _settling, player) => {
        if (draft === null) return;
        const { ledger } = player;
        const fingerprint = world.fingerprint();
        const step: ReplayedStep = {
          ...draft,
          sent: ledger.happenings.flatMap((happening) => tellSent(place, ledger, happening)),
          vanished: ledger.happenings.flatMap((happening) => (happening.kind === 'vanished' ? [ledger.nameOf(happening.envelope)] : [])),
          stored: ledger.happenings.flatMap((happening) =>
            happening.kind === 'stored' ? [{ host: system.hosts[happening.host] as string, role: happening.role, key: happening.key }] : [],
          ),
          changes: changedParts(system, before, world.row),
          fingerprint,
        };
        steps.push(step);
        const expected = expectedAt(step.number);
        if (lenient || divergence !== null) return;
        if (expected === undefined || actionText(expected.action) !== actionText(step.action))
          divergence = {
            step: step.number,
            host: hostOfAction(expected?.action ?? step.action),
            field: 'action',
            detail: expected === undefined ? 'the trace has ended' : `${expected.action.type} is not possible here`,
          };
        else if (expected.fingerprint !== fingerprint)
          divergence = { step: step.number, ...differing(expected.parts ?? {}, partPrints(world, before)) };
      },
      skipped: (action, index) => {
        skipped.push({ step: index + 1, action });
        if (!lenient && divergence === null)
          divergence = { step: index + 1, host: hostOfAction(action), field: 'action', detail: `${action.type} is not possible here` };
      },
    },
  );
  values = shownValues(place, property);
  if (!lenient && divergence === null && steps.length < trace.steps.length && (played.failure !== null || played.seen))
    divergence = {
      step: steps.length + 1,
      host: hostOfAction((trace.steps[steps.length] as Trace['steps'][number]).action),
      field: 'verdict',
      detail: 'it ended before the trace did',
    };
  const reproduced = trace.verdict === 'witnessed' ? played.seen : played.failure !== null;
  return {
    trace,
    sameModel: modelDigest(protocol, trace.scenario, trace.mutant) === trace.model,
    steps,
    start: () => partsOf(system, first),
    skipped,
    divergence,
    reproduced,
    detail: detailOf(played.failure),
    claim: property?.type.claim ?? 'No role throws.',
    values,
    hosts: place.setting.hosts.map((host) => ({ name: host.name, roles: host.roles, off: host.off === true })),
  };
};

const detailOf = (failure: Failure | null): string => failure?.detail ?? '';
