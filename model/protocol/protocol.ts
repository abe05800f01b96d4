import type { AnyStateMachine } from 'xstate';
import { nothing as doesNothing } from '../role/nothing.ts';
import type { Loses } from '../role/remember.ts';
import type { RoleType } from '../role/role.ts';
import type { MessageType } from '../role/message.ts';
import type { ScenarioType, TimedType } from './scenario.ts';

/** The roles of a protocol, by name. */
export type Roles = Readonly<Record<string, RoleType>>;

/** What a domain's roles are built from: a record of functions and data, so that a mutant can replace one of them. */
export type Domain = object;

/** A protocol: its messages, its roles over a domain, and the scenarios in which it is checked. */
export interface Protocol<R extends Roles = Roles, D extends Domain = Domain, S extends string = string> {
  readonly id: string;
  /** What it is, in a sentence. */
  readonly doc: string;
  /** The standard or paper that it states. */
  readonly source: string;
  /** Others publish how many worlds its scenarios have, so an exhaustive search leaves none out unless it is told to. */
  readonly counted?: boolean;
  readonly messages: Readonly<Record<string, MessageType>>;
  /** By name; the first is the default. Protocols without one have the single domain `plain`. */
  readonly domains: Readonly<Record<string, D>>;
  readonly rolesOver: (domain: D) => R;
  readonly scenarios: Readonly<Record<S, ScenarioType>>;
}

/** What a mutant changes in one role: the implementations that the machine names. */
export interface RoleMutant {
  // biome-ignore lint/suspicious/noExplicitAny: XState checks these against the machine's own setup; here only their names count.
  readonly guards?: Readonly<Record<string, any>>;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly actions?: Readonly<Record<string, any>>;
  readonly delays?: Readonly<Record<string, number>>;
  /** Changes the machine itself, before the others do. */
  readonly machine?: (machine: AnyStateMachine) => AnyStateMachine;
  /** Effects that its steps do not have, given the rules of the step. */
  readonly loses?: Loses;
}

/** A planted fault: what it changes, and which real bug it stands for. */
export interface Mutant<R extends Roles = Roles, D extends Domain = Domain> {
  /** What is missing or wrong, in a sentence. */
  readonly doc: string;
  /** The bug of the real world that it stands for, where there is one. */
  readonly after?: string;
  /** Replaces functions or data of every domain. */
  readonly domain?: Partial<D> | ((domain: D) => Partial<D>);
  readonly roles?: { readonly [K in keyof R]?: RoleMutant };
  /** What is otherwise about time and processors, in runs by virtual time. */
  readonly timed?: Partial<TimedType>;
  /** The scenario in which it is looked for; the first that its property holds under, unless this says otherwise. */
  readonly under?: string;
}

/** An action that does nothing, for mutants that remove one. */
export const nothing = doesNothing;
