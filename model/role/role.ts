import type { Arbitrary } from 'fast-check';
import type { AnyStateMachine, ContextFrom, StateValueFrom } from 'xstate';
import type { ValueRecord } from '../kernel/value.ts';

/** A role's local state, as commands, choices and properties read it. */
export interface LocalView<M extends AnyStateMachine = AnyStateMachine> {
  readonly context: ContextFrom<M>;
  readonly value: StateValueFrom<M>;
  /** Whether the machine is in this state: `serving`, `sync.headers`. */
  matches(state: string): boolean;
  hasTag(tag: string): boolean;
}

/** An act of a user or of the environment: "submit a transaction", "find a block". */
export interface CommandType {
  readonly doc: string;
  /** The values that the exhaustive search tries and that random runs draw from; finite. Empty: not possible now. */
  readonly values: (local: LocalView) => readonly ValueRecord[];
  /** Random runs draw from this instead, where it is given. */
  readonly arbitrary?: (local: LocalView) => Arbitrary<ValueRecord>;
  /** A fair command also runs while a world settles: the environment does not withhold it for ever. */
  readonly fair: boolean;
  /** The event carries `at`, in seconds: from the scenario's small domain, or from the clock of a timed run. */
  readonly timed: boolean;
}

/** Declares a command. Its event has the command's name as type, and the fields of one of the values. */
export const command = <M extends AnyStateMachine = AnyStateMachine>(type: {
  readonly doc: string;
  readonly values?: (local: LocalView<M>) => readonly ValueRecord[];
  readonly arbitrary?: (local: LocalView<M>) => Arbitrary<ValueRecord>;
  readonly fair?: boolean;
  readonly timed?: boolean;
}): CommandType => ({ fair: false, timed: false, ...type, values: type.values ?? (() => [{}]) }) as CommandType;

/** A choice that the environment makes where the machine declares it: the search takes every option, a random run draws one. */
export interface ChoiceType {
  readonly doc: string;
  /** The options in this local state; none where there is nothing to choose. */
  readonly options: (local: LocalView) => readonly ValueRecord[];
}

/** A role of a protocol: a machine, and what ties it to its surroundings. */
export interface RoleType<M extends AnyStateMachine = AnyStateMachine> {
  readonly machine: M;
  /** What the role does, in a sentence. */
  readonly doc: string;
  /** The roles it converses with; its neighbours are the hosts with one of them. Without it: every role. */
  readonly talksTo?: readonly string[];
  readonly commands: Readonly<Record<string, CommandType>>;
  readonly choices: Readonly<Record<string, ChoiceType>>;
  /** False: events carry no `from`, so that equal roles share the steps that differ in the sender alone. */
  readonly hearsSender: boolean;
}

/** Declares a role. */
export const role = <M extends AnyStateMachine>(
  machine: M,
  options: {
    readonly doc: string;
    readonly talksTo?: readonly string[];
    readonly commands?: Readonly<Record<string, CommandType>>;
    readonly choices?: Readonly<Record<string, ChoiceType>>;
    readonly hearsSender?: boolean;
  },
): RoleType<M> => ({ commands: {}, choices: {}, hearsSender: true, ...options, machine });
