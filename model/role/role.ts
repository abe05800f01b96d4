import type { Arbitrary } from 'fast-check';
import type { AnyStateMachine, ContextFrom, StateValueFrom } from 'xstate';
import type * as z from 'zod';
import type { Value, ValueRecord } from '../kernel/value.ts';

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

/**
 * A promise that a state invokes, as the environment answers it. Under the model nothing is called: while the promise is
 * pending, each declared value and each declared reason is a choice, and so is silence. A live run calls the real one.
 */
export interface PromiseType {
  readonly doc: string;
  /** What it may be done with, in this local state. */
  readonly done: (local: LocalView) => readonly Value[];
  /** The reasons for which it may fail, in this local state. */
  readonly error: (local: LocalView) => readonly Value[];
  /** It settles in the end. Otherwise it may stay pending for ever: no schedule owes an answer, and settling waits for none. */
  readonly fair: boolean;
}

type Domain<M extends AnyStateMachine> = readonly Value[] | ((local: LocalView<M>) => readonly Value[]);

/** Declares a promise that a role invokes; see {@link PromiseType}. */
export const promise = <M extends AnyStateMachine = AnyStateMachine>(type: {
  readonly doc: string;
  readonly done?: Domain<M>;
  readonly error?: Domain<M>;
  readonly fair?: boolean;
}): PromiseType => {
  const domain = (values: Domain<M> | undefined): PromiseType['done'] => (typeof values === 'function' ? (values as never) : () => values ?? []);
  return { doc: type.doc, done: domain(type.done), error: domain(type.error), fair: type.fair ?? false };
};

/** A role of a protocol: a machine, and what ties it to its surroundings. */
export interface RoleType<M extends AnyStateMachine = AnyStateMachine> {
  readonly machine: M;
  /** What the role does, in a sentence. */
  readonly doc: string;
  /** The roles it converses with; its neighbours are the hosts with one of them. Without it: every role. */
  readonly talksTo?: readonly string[];
  readonly commands: Readonly<Record<string, CommandType>>;
  readonly choices: Readonly<Record<string, ChoiceType>>;
  /** What its states invoke, by `src`, and how the environment may answer. */
  readonly promises: Readonly<Record<string, PromiseType>>;
  /** The schema of its context, as far as host names stand there: symmetry reduction rewrites what has the type `hostName`. */
  readonly context?: z.ZodType;
  /** Likewise of what it stores, by key. */
  readonly stored?: Readonly<Record<string, z.ZodType>>;
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
    readonly promises?: Readonly<Record<string, PromiseType>>;
    readonly context?: z.ZodType;
    readonly stored?: Readonly<Record<string, z.ZodType>>;
    readonly hearsSender?: boolean;
  },
): RoleType<M> => ({ commands: {}, choices: {}, promises: {}, hearsSender: true, ...options, machine });
