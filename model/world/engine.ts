import type { AnyEventObject, AnyMachineSnapshot } from 'xstate';
import { RolecallError } from '../kernel/errors.ts';
import { didYouMean } from '../kernel/nearest.ts';
import { Interner } from '../kernel/intern.ts';
import type { Value, ValueRecord } from '../kernel/value.ts';
import type { Effect, HostName, Message, Recipients, Some } from '../role/effect.ts';
import { heardBy, nodesOf } from '../role/nodes.ts';
import { endingEvent, invocationsOf } from '../role/invocation.ts';
import { withoutAmbient } from '../role/purity.ts';
import { RememberedRole } from '../role/remember.ts';
import type { LocalView, PromiseType, RoleType } from '../role/role.ts';
import { pendingIn } from '../role/step.ts';
import { hostNamesOf, mutatedRoles } from '../protocol/define.ts';
import type { Mutant, Protocol, Roles } from '../protocol/protocol.ts';

/** A command, a choice, or an answer to a pending promise that a local state offers. */
export interface Offered {
  readonly kind: 'command' | 'choice' | 'promise';
  readonly name: string;
  readonly value: ValueRecord;
  readonly timed: boolean;
  readonly fair: boolean;
}

/** Of so many steps that a checking run takes, one is computed again; a prime, so that no cycle of a protocol escapes. */
const sampled = 997;

const linkEvents = new Set(['connected', 'disconnected']);

/** The effects that there are; what is misspelt would do nothing. */
const effectTypes: readonly Effect['type'][] = ['send', 'reply', 'broadcast', 'tell', 'persist', 'sync', 'invoke', 'return'];

/** A role of a protocol with its remembered steps. */
export class EngineRole {
  readonly name: string;
  readonly type: RoleType;
  readonly memory: RememberedRole;
  /** The messages and link events that it takes in some state. */
  readonly accepts: ReadonlySet<string>;
  readonly hasTimers: boolean;
  private readonly offers: (readonly Offered[])[] = [];
  /** What each invocation invokes. */
  private readonly invocations: ReadonlyMap<string, string>;

  /** @param types of all messages of the protocol */
  constructor(name: string, type: RoleType, memory: RememberedRole, types: readonly string[]) {
    this.name = name;
    this.type = type;
    this.memory = memory;
    this.accepts = new Set([...types, ...linkEvents].filter(heardBy(type.machine)));
    this.hasTimers = nodesOf(type.machine).some((node) => node.after.length > 0);
    this.invocations = new Map(invocationsOf(type.machine).map(({ id, src }) => [id, src]));
  }

  hears(linkEvent: 'connected' | 'disconnected'): boolean {
    return this.accepts.has(linkEvent);
  }

  /** A local state as commands, choices and properties see it. */
  view(local: number): LocalView {
    return localView(this.memory.snapshot(local));
  }

  /** The commands and choices of a local state, in the order in which the role declares them; then answers to promises. */
  offered(local: number): readonly Offered[] {
    let offered = this.offers[local];
    if (offered === undefined) {
      const view = this.view(local);
      offered = [
        ...Object.entries(this.type.commands).flatMap(([name, { values, timed, fair }]) =>
          this.listed(name, () => values(view)).map((value): Offered => ({ kind: 'command', name, value, timed, fair })),
        ),
        ...Object.entries(this.type.choices).flatMap(([name, { options }]) =>
          this.listed(name, () => options(view)).map((value): Offered => ({ kind: 'choice', name, value, timed: false, fair: true })),
        ),
        ...pendingIn(this.memory.snapshot(local)).flatMap((id) => this.answers(id, view)),
      ];
      this.offers[local] = offered;
    }
    return offered;
  }

  /** How a pending promise may end now. */
  private answers(id: string, view: LocalView): readonly Offered[] {
    const src = this.invocations.get(id) as string;
    const { done, error, fair } = this.type.promises[src] as PromiseType;
    return (['done', 'error'] as const).flatMap((how) =>
      this.listed(src, () => (how === 'done' ? done : error)(view)).map(
        (value): Offered => ({ kind: 'promise', ...endingEvent(how, id, value), timed: false, fair }),
      ),
    );
  }

  private listed<V>(name: string, list: () => readonly V[]): readonly V[] {
    try {
      return withoutAmbient(list);
    } catch (cause) {
      throw new RolecallError({
        code: 'COMMAND_THREW',
        message: `the values of ${name} threw: ${cause instanceof Error ? cause.message : String(cause)}`,
        place: `${this.name}, ${name}`,
        advice:
          'The values of a command, the options of a choice and the answers of a promise are a function of the local state; let it cope with every one.',
        cause,
      });
    }
  }
}

/** A snapshot as commands, choices and properties see it. */
export const localView = (snapshot: AnyMachineSnapshot): LocalView =>
  ({
    context: snapshot.context as unknown,
    value: snapshot.value as unknown,
    matches: (state: string) => snapshot.matches(pathOf(state) as never),
    hasTag: (tag: string) => snapshot.hasTag(tag as never),
  }) as LocalView;

/** `sync.headers` as the value that XState matches. */
const pathOf = (state: string): unknown => {
  const [first, ...rest] = state.split('.');
  return rest.length === 0 ? first : { [first as string]: pathOf(rest.join('.')) };
};

/**
 * The roles of a protocol over one domain, with a mutant or without, and what they have been seen to do. It is shared by
 * all scenarios over that domain, and given up when it has grown too large.
 */
export class Engine {
  readonly interner = new Interner();
  readonly roles: ReadonlyMap<string, EngineRole>;
  readonly protocol: Protocol;
  readonly domain: string;
  readonly mutant: Mutant | null;

  private readonly checking: boolean;
  private steps = 0;
  private readonly hosts: ReadonlySet<HostName> | null;

  constructor(protocol: Protocol, domain: string, mutant: Mutant | null, checking = false) {
    this.checking = checking;
    this.protocol = protocol;
    this.hosts = hostNamesOf(protocol);
    this.domain = domain;
    this.mutant = mutant;
    const types: Roles = mutatedRoles(protocol, domain, mutant);
    const check = (effect: Effect, event: AnyEventObject): void => this.checkEffect(effect, event);
    this.roles = new Map(
      Object.entries(types).map(([name, type]) => [
        name,
        new EngineRole(
          name,
          type,
          new RememberedRole(type.machine, this.interner, check, mutant?.roles?.[name]?.loses ?? null),
          Object.keys(protocol.messages),
        ),
      ]),
    );
    for (const { memory } of this.roles.values()) memory.checking = checking;
  }

  /** Told of each step that a checking run takes; now and then one is computed again, though it is remembered. */
  taking({ memory }: EngineRole, local: number, event: number): void {
    if (this.checking && ++this.steps % sampled === 0) memory.sample(local, event);
  }

  role(name: string): EngineRole {
    return this.roles.get(name) as EngineRole;
  }

  /** Steps that XState has computed. */
  get misses(): number {
    let misses = 0;
    for (const { memory } of this.roles.values()) misses += memory.misses;
    return misses;
  }

  /** The event that a message is for its receiver. */
  eventOf(message: Message, from: string, role: EngineRole): number {
    return this.interner.intern((role.type.hearsSender || linkEvents.has(message.type) ? { ...message, from } : message) as unknown as Value);
  }

  private checkEffect(effect: Effect, event: AnyEventObject): void {
    const refuse = (code: string, message: string, advice: string): never => {
      throw new RolecallError({ code, message, place: this.protocol.id, advice });
    };
    if (!effectTypes.includes(effect.type))
      refuse('EFFECT_UNKNOWN', `there is no effect ${String(effect.type)}`, didYouMean(effect.type, effectTypes));
    if (effect.type === 'reply' && typeof (event as { from?: unknown }).from !== 'string' && this.hearsAll())
      refuse('REPLY_TO_NOBODY', `a reply in a step that handles no message (${event.type})`, 'Send to a host by name instead.');
    if (effect.type !== 'send' && effect.type !== 'reply' && effect.type !== 'broadcast') return;
    if (event.type === 'xstate.init' && effect.type === 'send' && typeof effect.to === 'object' && Object.hasOwn(effect.to, 'some'))
      refuse(
        'START_CHOOSES',
        'a role chooses among hosts as it starts, where nothing can be drawn',
        'Let a state be entered first, and choose in its `after`.',
      );
    if (effect.type === 'send') this.checkRecipients(effect.to, effect.message.type, refuse);
    const type = this.protocol.messages[effect.message.type];
    if (type === undefined) {
      refuse(
        'MESSAGE_UNKNOWN',
        `the protocol has no message ${effect.message.type}`,
        `Declare it in messages: ${Object.keys(this.protocol.messages).join(', ')}.`,
      );
      return;
    }
    const { type: _, ...fields } = effect.message as unknown as Record<string, unknown>;
    const parsed = type.fields.safeParse(fields);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      refuse(
        'MESSAGE_FIELDS',
        `${effect.message.type}.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not fit its schema'}`,
        'Send what the message declares, or declare what is sent.',
      );
    }
  }

  /** A host that stands in no scenario would lose what is sent to it, in silence. */
  private checkRecipients(to: Recipients, message: string, refuse: (code: string, message: string, advice: string) => never): void {
    if (typeof to === 'object' && 'role' in to && !this.roles.has(to.role))
      refuse('ROLE_UNKNOWN', `${message} is sent to the role ${to.role}, which there is not`, didYouMean(to.role, [...this.roles.keys()]));
    const named = (typeof to === 'object' && Object.hasOwn(to, 'of') ? (to as Some).of : to) as HostName | readonly HostName[];
    const names = typeof named === 'string' ? [named] : Array.isArray(named) ? named : [];
    for (const name of names as readonly HostName[])
      if (this.hosts?.has(name) === false)
        refuse('HOST_UNKNOWN', `${message} is sent to ${String(name)}, a host of no scenario`, didYouMean(String(name), [...this.hosts]));
  }

  private hearsAll(): boolean {
    return [...this.roles.values()].every((role) => role.type.hearsSender);
  }
}
