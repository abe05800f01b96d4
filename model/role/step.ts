import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine, AnyStateNode, StateValue } from 'xstate';
import type { Value } from '../kernel/value.ts';
import type { Effect } from './effect.ts';
import { nothing } from './nothing.ts';
import { endingOf, type Invocation, invocationsOf } from './invocation.ts';
import type { Rule } from './rule.ts';

/**
 * One step of a role, by XState itself. This is the only module that touches XState's inside: `machine.transition` with
 * one reused scope, which takes about a third of the time of the public `transition()`, because that builds an actor at
 * every call. `step.test.ts` holds the two equal.
 */

/** A timer that a step started. */
export interface StartedTimer {
  /** The id that XState gives it: `xstate.after.retryMs.peer.joining`. */
  readonly id: string;
  readonly delayMs: number;
}

/** A promise that a step invoked: under the model it stays what it is here, a question to the environment. */
export interface Invoked extends Invocation {
  readonly input: unknown;
}

/** What a step did. */
export interface StepOutcome {
  readonly snapshot: AnyMachineSnapshot;
  readonly effects: readonly Effect[];
  readonly started: readonly StartedTimer[];
  readonly cancelled: readonly string[];
  readonly invoked: readonly Invoked[];
  /** The ids of promises whose states were left. */
  readonly stopped: readonly string[];
  /** Rule ids, microstep by microstep. */
  readonly rules: readonly string[];
  /** No transition took the event. */
  readonly refused: boolean;
}

/** What the scope hands us of XState 5.33's executable actions. */
interface ExecutableAction {
  readonly type: string;
  readonly params: unknown;
  readonly exec: unknown;
}

interface Inspected {
  readonly type: string;
  readonly _transitions?: readonly { readonly meta?: unknown; readonly eventType: string; readonly source: AnyStateNode }[];
}

type Scope = Parameters<AnyStateMachine['transition']>[2];

/** What a role must not reach for: its actor and its system. Touching them makes a step depend on more than its input. */
const untouchable = (what: string, allowed: Readonly<Record<string, unknown>>): object =>
  new Proxy(allowed, {
    get(target, name) {
      if (typeof name === 'string' && name in target) return target[name];
      throw new Error(`a role touched ${what}.${String(name)}; a role may read its context and the event, and nothing else`);
    },
  });

/** Puts parallel regions in document order: XState walks them in the order of the value's keys, which depends on history. */
const inDocumentOrder = (node: AnyStateNode, value: StateValue): StateValue => {
  if (typeof value === 'string') return value;
  const ordered: Record<string, StateValue> = {};
  for (const [name, child] of Object.entries(node.states)) {
    const inner = value[name];
    if (inner !== undefined) ordered[name] = inDocumentOrder(child, inner);
  }
  return ordered;
};

const historyIds = (snapshot: AnyMachineSnapshot): Value =>
  Object.fromEntries(
    Object.entries(snapshot.historyValue as Record<string, readonly AnyStateNode[]>).map(([id, nodes]) => [id, nodes.map((node) => node.id).sort()]),
  );

/** The ids of the promises that a local state waits for. An actor that has ended waits for none, though XState keeps its children. */
export const pendingIn = (snapshot: AnyMachineSnapshot): readonly string[] =>
  snapshot.status === 'active' ? Object.keys(snapshot.children).sort() : [];

/** What tells one local state from another. */
export const localKey = (snapshot: AnyMachineSnapshot): Value => {
  const pending = pendingIn(snapshot);
  return {
    value: snapshot.value as Value,
    context: snapshot.context as Value,
    status: snapshot.status,
    output: (snapshot.output as Value | undefined) ?? null,
    history: historyIds(snapshot),
    ...(pending.length === 0 ? {} : { pending }),
  };
};

/**
 * Whether an actor's logic is that of a promise. All of XState's logics have the same form; only a promise's is done with
 * what it is told that it resolved to.
 */
export const isPromiseLogic = (logic: unknown): boolean => {
  const resolved = {};
  try {
    const { transition } = logic as { transition: (state: object, event: object, scope: object) => { status?: unknown; output?: unknown } };
    const after = transition({ status: 'active' }, { type: 'xstate.promise.resolve', data: resolved }, {});
    return after.status === 'done' && after.output === resolved;
  } catch {
    return false;
  }
};

/** The snapshot over the canonical context, with what depends on history put in order. */
export const withContext = (snapshot: AnyMachineSnapshot, context: Value): AnyMachineSnapshot =>
  ({
    ...snapshot,
    context,
    value: inDocumentOrder(snapshot.machine.root, snapshot.value as StateValue),
    _nodes: [...snapshot._nodes].sort((a, b) => a.order - b.order),
  }) as AnyMachineSnapshot;

/** The effects, timers, promises and rules of one step. */
class Recorder {
  effects: Effect[] = [];
  started: StartedTimer[] = [];
  cancelled: string[] = [];
  invoked: Invoked[] = [];
  stopped: string[] = [];
  rules: string[] = [];
  taken = 0;
  /** Actors that XState made beside those of the promises that states invoked. */
  actors = 0;
  private readonly invocations: readonly Invocation[];

  constructor(invocations: readonly Invocation[]) {
    this.invocations = invocations;
  }

  readonly action = (action: ExecutableAction): void => {
    switch (action.type) {
      case 'xstate.emit':
        this.effects.push((action.params as { event: Effect }).event);
        break;
      case 'xstate.raise': {
        const { id, delay, event } = action.params as { id?: string; delay?: number; event: { type: string } };
        if (delay === undefined) break;
        if (id === undefined || id !== event.type)
          throw new Error('a role enqueued a delayed event; time is `after`, whose timers end with their state');
        if (!Number.isFinite(delay) || delay < 0)
          throw new Error(`a timer of ${delay} ms is started (${id}); a delay is a number of milliseconds, 0 or more`);
        this.started.push({ id, delayMs: delay });
        break;
      }
      case 'xstate.cancel': {
        // A state may be entered and left within one step; its timer then never pends.
        const { sendId } = action.params as { sendId: string };
        this.started = this.started.filter((timer) => timer.id !== sendId);
        this.cancelled.push(sendId);
        break;
      }
      case 'xstate.log':
        break;
      case 'xstate.spawnChild': {
        const { id, src, input } = action.params as Invoked;
        if (!this.invocations.some((each) => each.id === id && each.src === src)) this.refuse(action);
        this.invoked.push({ id, src, input });
        this.actors--;
        break;
      }
      case 'xstate.stopChild': {
        const id = (action.params as { readonly id: string } | undefined)?.id;
        // A promise that has settled is gone already when its state is left.
        if (id === undefined && this.invocations.length > 0) break;
        if (!this.invocations.some((each) => each.id === id)) this.refuse(action);
        this.invoked = this.invoked.filter((each) => each.id !== id);
        this.stopped.push(id as string);
        break;
      }
      default:
        this.refuse(action);
    }
  };

  private refuse(action: ExecutableAction): void {
    // What stands in the machine was checked when the role was defined; this was enqueued in a step.
    if (action.exec === undefined) throw new Error(`a role enqueued ${action.type}, which has no implementation`);
    if (action.exec !== nothing)
      throw new Error(`a role enqueued ${action.type.startsWith('xstate.') ? action.type : `a function (${action.type})`}; effects are emitted`);
  }

  readonly inspected = (event: Inspected): void => {
    if (event.type === '@xstate.actor') this.actors++;
    if (event.type !== '@xstate.microstep') return;
    for (const transition of event._transitions ?? []) {
      this.taken++;
      this.rules.push((transition.meta as Rule | undefined)?.rule ?? `${transition.source.id} ${transition.eventType}`);
    }
  };
}

/** A promise settles once: XState keeps its actor until the state is left, and the wait for it is over before. */
const withoutChild = (snapshot: AnyMachineSnapshot, id: string): AnyMachineSnapshot => {
  if (!Object.hasOwn(snapshot.children, id)) return snapshot;
  const { [id]: _, ...children } = snapshot.children;
  return { ...snapshot, children } as AnyMachineSnapshot;
};

/** What XState ends a machine with where no transition takes the failure of what it invoked. */
const unheard = (id: string, error: unknown): unknown =>
  error instanceof Error ? error : new Error(`the promise ${id} failed (${JSON.stringify(error)}), and no onError takes it`);

/** Steps one machine. */
export class Stepper {
  private recorder: Recorder;
  private readonly scope: Scope;
  private readonly invocations: readonly Invocation[];
  readonly machine: AnyStateMachine;

  constructor(machine: AnyStateMachine) {
    this.machine = machine;
    this.invocations = invocationsOf(machine);
    this.recorder = new Recorder(this.invocations);
    const none = (): void => {};
    const system = untouchable('system', {
      _sendInspectionEvent: (event: Inspected) => this.recorder.inspected(event),
      _bookId: () => 'role',
      _clock: null,
      _logger: none,
    });
    // XState makes an actor of each promise that it enters a state with; nobody starts it.
    const self = untouchable('self', this.invocations.length > 0 ? { system } : {});
    this.scope = {
      self,
      id: 'role',
      sessionId: 'role',
      logger: none,
      defer: none,
      emit: none,
      stopChild: none,
      system,
      actionExecutor: (action: ExecutableAction) => this.recorder.action(action),
    } as unknown as Scope;
  }

  /** The start of the machine. @throws what an entry action, a guard or the context function threw. */
  start(input: Value): StepOutcome {
    this.recorder = new Recorder(this.invocations);
    const snapshot = this.machine.getInitialSnapshot(this.scope, input as never) as AnyMachineSnapshot;
    if (snapshot.status === 'error') throw snapshot.error;
    return this.outcome(snapshot, false);
  }

  /** One event. @throws what a guard or an action threw. */
  step(snapshot: AnyMachineSnapshot, event: AnyEventObject): StepOutcome {
    this.recorder = new Recorder(this.invocations);
    // An actor that has come to its end takes no event; the pure function would still look at the root's transitions.
    if (snapshot.status !== 'active') return this.outcome(snapshot, true);
    const ending = endingOf(event.type);
    const before = ending === null ? snapshot : withoutChild(snapshot, ending.id);
    const next = this.machine.transition(before, event, this.scope) as AnyMachineSnapshot;
    if (next.status === 'error') throw ending === null ? next.error : unheard(ending.id, next.error);
    // An answer that no transition takes still ends the wait for it.
    return this.outcome(next, this.recorder.taken === 0 && before === snapshot);
  }

  private outcome(snapshot: AnyMachineSnapshot, refused: boolean): StepOutcome {
    const { effects, started, cancelled, invoked, stopped, rules, actors } = this.recorder;
    if (actors > 0) throw new Error('a role spawned an actor; give the other party a role of its own, or let a state invoke a promise');
    return { snapshot, effects, started, cancelled, invoked, stopped, rules, refused };
  }
}
