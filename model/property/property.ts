import type { AnyStateMachine } from 'xstate';
import { RolecallError } from '../kernel/errors.ts';
import { didYouMean } from '../kernel/nearest.ts';
import type { Value } from '../kernel/value.ts';
import type { Effect, HostName, Message } from '../role/effect.ts';
import type { LocalView, RoleType } from '../role/role.ts';
import type { Domain, Mutant, Protocol, Roles } from '../protocol/protocol.ts';
import type { Action } from '../world/action.ts';

/** How a host fares. */
export type Life = 'off' | 'up' | 'paused' | 'crashed' | 'left';

/** A role instance as a property sees it. */
export interface InstanceView<R extends RoleType = RoleType> extends LocalView<MachineOf<R>> {
  readonly host: HostName;
  readonly role: string;
  readonly life: Life;
  /** Whether the host is up and the role runs. */
  readonly running: boolean;
  /** What this role has stored on its host, by key. */
  readonly stored: Readonly<Record<string, Value>>;
}

type MachineOf<R extends RoleType> = R extends RoleType<infer M> ? M : AnyStateMachine;

/** A message in flight. */
export interface InFlight {
  readonly from: HostName;
  readonly to: HostName;
  readonly message: Message;
}

/** Which messages in flight are asked for. A claim that asks for few is judged anew only where these change. */
export interface Flights {
  readonly from?: HostName;
  readonly to?: HostName;
  /** The type of the message. */
  readonly type?: string;
}

/** A world as a property sees it; views are lazy, so a property pays for what it reads. */
export interface WorldView<R extends Roles = Roles> {
  /** Over the running instances of a role: those on hosts that are up. */
  every<K extends keyof R & string>(role: K, holds: (instance: InstanceView<R[K]>) => boolean): boolean;
  some<K extends keyof R & string>(role: K, holds: (instance: InstanceView<R[K]>) => boolean): boolean;
  count<K extends keyof R & string>(role: K, holds: (instance: InstanceView<R[K]>) => boolean): number;
  map<K extends keyof R & string, T>(role: K, of: (instance: InstanceView<R[K]>) => T): readonly T[];
  /** All instances of a role, also those on hosts that are crashed or off, with their last local state. */
  all<K extends keyof R & string>(role: K): readonly InstanceView<R[K]>[];
  /** The instance of a role on a host, where there is one. */
  at<K extends keyof R & string>(role: K, host: HostName): InstanceView<R[K]> | undefined;
  readonly hosts: readonly HostName[];
  life(host: HostName): Life;
  /** Whether messages pass from one host to the other now: both up, linked, neither cut nor held. */
  reaches(from: HostName, to: HostName): boolean;
  /** Hosts between which messages pass both ways, directly or over others; each component sorted. */
  components(): readonly (readonly HostName[])[];
  /** The messages in flight, or those of them that are asked for. */
  inFlight(of?: Flights): readonly InFlight[];
  /** The state of one of the property's monitors. */
  monitor(name: string): Value;
}

/** The worlds of a protocol, for a function that several claims share: `(world: WorldOf<typeof orders>) => …`. */
export type WorldOf<P> = P extends Protocol<infer R, infer _D, infer _S> ? WorldView<R> : never;

/** What a monitor hears: each effect of each step, in order. */
export interface HeardOf<Role extends string> {
  readonly host: HostName;
  readonly role: Role;
  readonly effect: Effect;
  /** The role's local state after the step that made the effect. */
  readonly local: LocalView;
}

export type Heard<R extends Roles = Roles> = HeardOf<keyof R & string>;

/** A monitor over roles of these names, so that one which takes any role serves every protocol. */
export interface MonitorOf<Role extends string> {
  readonly initial: Value;
  readonly next: (state: Value, heard: HeardOf<Role>) => Value;
  /** False is a violation. Without it, the monitor only remembers, for other parts to read. */
  readonly holds?: (state: Value) => boolean;
  /** What is wrong with a state that does not hold, in a sentence; shown with the violation. */
  readonly explain?: (state: Value) => string;
}

/** A pure reducer over effects. Its state is part of the world. */
export type Monitor<R extends Roles = Roles> = MonitorOf<keyof R & string>;

/** What must hold again once faults end. */
export interface Recovery<R extends Roles = Roles> {
  readonly withinRounds: number;
  readonly holds: (world: WorldView<R>) => boolean;
}

/** Whenever the first holds of a world, the second holds of it or of a later one. */
export type Leading<R extends Roles = Roles> = readonly [from: (world: WorldView<R>) => boolean, to: (world: WorldView<R>) => boolean];

/**
 * What a claim about the end needs of the schedule, beyond the usual: no message that can be delivered, no timer that can
 * fire, no choice and no fair command waits for ever. Steps are named by the message type, the timer, the command or the
 * choice; what undoes a fault by its action: `Repair`.
 */
export interface Fairness {
  /** Steps that do not stay possible for ever without being taken. */
  readonly weak?: readonly string[];
  /** Steps that are not possible again and again without being taken: for what is lost without end. */
  readonly strong?: readonly string[];
}

/** A claim about a protocol, in the form in which it is checked. */
export interface PropertyType<R extends Roles = Roles, D extends Domain = Domain, S extends string = string> {
  /** Stable, upper case: `BLOCK-REACHES-ALL`. */
  readonly id: string;
  readonly claim: string;
  /** Where the claim is made: an article's sentence, a standard's section. */
  readonly source?: string;
  readonly holdsUnder: readonly S[];
  /** Scenarios in which it fails, and why; the failure must be found, and is kept as a witness. */
  readonly failsUnder?: { readonly [K in S]?: string };
  /** Of every state. */
  readonly always?: Readonly<Record<string, (world: WorldView<R>) => boolean>>;
  /** Of every step. */
  readonly step?: Readonly<Record<string, (before: WorldView<R>, action: Action, after: WorldView<R>) => boolean>>;
  readonly monitors?: Readonly<Record<string, Monitor<R>>>;
  readonly recovers?: Readonly<Record<string, Recovery<R>>>;
  /** Of every fair run: it holds of some world. Judged by the exhaustive search. */
  readonly eventually?: Readonly<Record<string, (world: WorldView<R>) => boolean>>;
  /** Of every fair run: where the first holds, the second holds then or later. Judged by the exhaustive search. */
  readonly leadsTo?: Readonly<Record<string, Leading<R>>>;
  /** What `eventually` and `leadsTo` take for granted, beyond the usual. */
  readonly fairness?: Fairness;
  /** What must be seen in some run, so that the claim is not empty. */
  readonly sometimes?: Readonly<Record<string, (world: WorldView<R>) => boolean>>;
  /** The values that a violation is about, by role; shown host by host. */
  readonly shows?: { readonly [K in keyof R]?: (instance: InstanceView<R[K]>) => string };
  readonly mutants?: Readonly<Record<string, Mutant<R, D>>>;
}

/** A property with the protocol that it speaks of. */
export interface Property {
  readonly protocol: Protocol;
  readonly type: PropertyType;
}

/** The compiler sees this, too, where there is one. */
const checkScenarios = ({ id, scenarios }: Protocol, type: PropertyType): void => {
  const names = Object.keys(scenarios);
  for (const name of [...type.holdsUnder, ...Object.keys(type.failsUnder ?? {})])
    if (!names.includes(name))
      throw new RolecallError({
        code: 'UNKNOWN_SCENARIO',
        message: `${type.id} speaks of the scenario ${name}, which ${id} does not have`,
        place: type.id,
        advice: didYouMean(name, names),
      });
  for (const [name, why] of Object.entries(type.failsUnder ?? {}))
    if (typeof why !== 'string')
      throw new RolecallError({
        code: 'FAILS_WITHOUT_WHY',
        message: `failsUnder.${name} does not say why it fails there`,
        place: type.id,
        advice: `Write a sentence: failsUnder: { ${name}: 'The only server has left for good.' }`,
      });
};

/**
 * Defines a property of a protocol; roles, scenarios and contexts are checked by the compiler against it.
 * @throws RolecallError where it speaks of a scenario that there is not, or does not say why it fails in one.
 */
export const defineProperty = <R extends Roles, D extends Domain, S extends string>(
  protocol: Protocol<R, D, S>,
  type: PropertyType<R, D, NoInfer<S>>,
): Property => {
  const property = { protocol: protocol as unknown as Protocol, type: type as unknown as PropertyType };
  checkScenarios(property.protocol, property.type);
  return property;
};
