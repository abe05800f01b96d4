import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine, AnyStateNode, StateValue } from 'xstate';
import type { Value } from '../kernel/value.ts';
import type { Effect } from './effect.ts';
import { nothing } from './nothing.ts';
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

/** What a step did. */
export interface StepOutcome {
  readonly snapshot: AnyMachineSnapshot;
  readonly effects: readonly Effect[];
  readonly started: readonly StartedTimer[];
  readonly cancelled: readonly string[];
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

interface Microstep {
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

/** What tells one local state from another. */
export const localKey = (snapshot: AnyMachineSnapshot): Value => ({
  value: snapshot.value as Value,
  context: snapshot.context as Value,
  status: snapshot.status,
  output: (snapshot.output as Value | undefined) ?? null,
  history: historyIds(snapshot),
});

/** The snapshot over the canonical context, with what depends on history put in order. */
export const withContext = (snapshot: AnyMachineSnapshot, context: Value): AnyMachineSnapshot =>
  ({
    ...snapshot,
    context,
    value: inDocumentOrder(snapshot.machine.root, snapshot.value as StateValue),
    _nodes: [...snapshot._nodes].sort((a, b) => a.order - b.order),
  }) as AnyMachineSnapshot;

/** The effects, timers and rules of whatever runs between `begin` and `end`. */
class Recorder {
  effects: Effect[] = [];
  started: StartedTimer[] = [];
  cancelled: string[] = [];
  rules: string[] = [];
  taken = 0;

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
      default:
        // What stands in the machine was checked when the role was defined; this was enqueued in a step.
        if (action.exec === undefined) throw new Error(`a role enqueued ${action.type}, which has no implementation`);
        if (action.exec !== nothing)
          throw new Error(`a role enqueued ${action.type.startsWith('xstate.') ? action.type : `a function (${action.type})`}; effects are emitted`);
    }
  };

  readonly inspected = (event: Microstep): void => {
    if (event.type !== '@xstate.microstep') return;
    for (const transition of event._transitions ?? []) {
      this.taken++;
      this.rules.push((transition.meta as Rule | undefined)?.rule ?? `${transition.source.id} ${transition.eventType}`);
    }
  };
}

/** Steps one machine. */
export class Stepper {
  private recorder = new Recorder();
  private readonly scope: Scope;
  readonly machine: AnyStateMachine;

  constructor(machine: AnyStateMachine) {
    this.machine = machine;
    const none = (): void => {};
    const self = untouchable('self', {});
    const system = untouchable('system', {
      _sendInspectionEvent: (event: Microstep) => this.recorder.inspected(event),
      _bookId: () => 'role',
    });
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
    this.recorder = new Recorder();
    const snapshot = this.machine.getInitialSnapshot(this.scope, input as never) as AnyMachineSnapshot;
    if (snapshot.status === 'error') throw snapshot.error;
    return this.outcome(snapshot, false);
  }

  /** One event. @throws what a guard or an action threw. */
  step(snapshot: AnyMachineSnapshot, event: AnyEventObject): StepOutcome {
    this.recorder = new Recorder();
    // An actor that has come to its end takes no event; the pure function would still look at the root's transitions.
    if (snapshot.status !== 'active') return this.outcome(snapshot, true);
    const next = this.machine.transition(snapshot, event, this.scope) as AnyMachineSnapshot;
    if (next.status === 'error') throw next.error;
    return this.outcome(next, this.recorder.taken === 0);
  }

  private outcome(snapshot: AnyMachineSnapshot, refused: boolean): StepOutcome {
    const { effects, started, cancelled, rules } = this.recorder;
    return { snapshot, effects, started, cancelled, rules, refused };
  }
}
