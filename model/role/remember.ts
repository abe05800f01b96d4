import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import { RolecallError } from '../kernel/errors.ts';
import { Interner } from '../kernel/intern.ts';
import { Table } from '../kernel/table.ts';
import type { Value } from '../kernel/value.ts';
import type { Effect } from './effect.ts';
import { withoutAmbient } from './purity.ts';
import { type Invoked, localKey, Stepper, type StartedTimer, type StepOutcome, withContext } from './step.ts';

/** A step of a role, in canonical values; computed once for each local state and event. */
export interface Step {
  /** The next local state; the same one where nothing changed, or where the role threw. */
  readonly next: number;
  readonly effects: readonly Effect[];
  /** In the order in which they fire, for they were started together. */
  readonly started: readonly string[];
  readonly delays: readonly number[];
  readonly cancelled: readonly string[];
  /** Promises that its states invoke, and those that they no longer wait for; a live run needs them. */
  readonly invoked: readonly Invoked[];
  readonly stopped: readonly string[];
  readonly rules: readonly string[];
  readonly refused: boolean;
  /** What a guard, an action or an effect of the role threw. */
  readonly threw: string | null;
  /** How often the step was taken; coverage adds it up. */
  taken: number;
}

const describe = (error: unknown): string => {
  if (error instanceof RolecallError && error.advice !== '') return `${error.message}. ${error.advice}`;
  return error instanceof Error ? error.message : String(error);
};

/** Sorting is stable, so those of one delay fire in the order in which they started, as timers do. */
const byDelay = (a: StartedTimer, b: StartedTimer): number => a.delayMs - b.delayMs;

/** Throws where an effect is not one that the protocol knows. */
export type EffectCheck = (effect: Effect, event: AnyEventObject) => void;

/** Whether a faulty role loses an effect of a step with these rules. */
export type Loses = (effect: Effect, rules: readonly string[]) => boolean;

/**
 * What computing steps again may cost, in interned values: so much to begin with, so much more for each new step, and for
 * each step that was taken when a sample was due. A role with a large context is looked at more rarely.
 */
const recheck = { atFirst: 4_000, perMiss: 10, perSample: 40, ofStep: 50 };

/** The remembered steps of one role: XState runs once for each pair of local state and event. */
export class RememberedRole {
  readonly locals: Table;
  hits = 0;
  misses = 0;
  /** Whether a sample of the steps is computed again and compared. */
  checking = false;
  /** How many steps were. */
  rechecked = 0;
  private credit = recheck.atFirst;
  /** Rules that fired in some step. */
  readonly rulesSeen = new Set<string>();
  private readonly stepper: Stepper;
  private readonly snapshots: AnyMachineSnapshot[] = [];
  private readonly steps: Map<number, Step>[] = [];
  private readonly starts = new Map<number, Step>();
  private readonly delays = new Map<string, number>();
  private readonly interner: Interner;
  private readonly check: EffectCheck;
  private readonly loses: Loses | null;

  constructor(machine: AnyStateMachine, interner: Interner, check: EffectCheck, loses: Loses | null = null) {
    this.stepper = new Stepper(machine);
    this.interner = interner;
    this.locals = new Table(interner);
    this.check = check;
    this.loses = loses;
  }

  get machine(): AnyStateMachine {
    return this.stepper.machine;
  }

  /** The live snapshot of a local state; its context is canonical and frozen. */
  snapshot(local: number): AnyMachineSnapshot {
    return this.snapshots[local] as AnyMachineSnapshot;
  }

  /** The local state that differs in its context alone. */
  withContext(local: number, context: Value): number {
    return this.localOf(withContext(this.snapshot(local), context));
  }

  /** The delay with which a timer was last seen to start. */
  delayMs(timer: string): number {
    return this.delays.get(timer) ?? 0;
  }

  /** The start of a role with this input. */
  start(input: Value): Step {
    const id = this.interner.intern(input);
    let step = this.starts.get(id);
    if (step === undefined) {
      step = this.remembered(null, { type: 'xstate.init' }, () => this.kept(this.stepper.start(this.interner.value(id))));
      this.starts.set(id, step);
    }
    return step;
  }

  /** The step that a role in this local state makes on an interned event. */
  step(local: number, eventId: number): Step {
    const known = this.steps[local]?.get(eventId);
    if (known !== undefined) {
      this.hits++;
      return known;
    }
    this.misses++;
    const event = this.interner.value(eventId) as AnyEventObject;
    const step = this.remembered(local, event, () => this.kept(this.stepper.step(this.snapshot(local), event)));
    let row = this.steps[local];
    if (row === undefined) {
      row = new Map();
      this.steps[local] = row;
    }
    row.set(eventId, step);
    if (this.checking) this.sample(local, eventId, recheck.perMiss);
    return step;
  }

  /** Computes a step again, now and then. Which ones depends on the steps before it alone, so a run stays what its seed makes it. */
  sample(local: number, eventId: number, earned: number = recheck.perSample): void {
    this.credit = Math.min(recheck.atFirst, this.credit + earned);
    if (this.credit > 0) this.credit -= recheck.ofStep + this.recheck(local, eventId);
  }

  /** All steps that were computed, for coverage: the local state before, the event, the step. */
  *remember(): Generator<{ readonly local: number | null; readonly event: AnyEventObject; readonly step: Step }> {
    for (const step of this.starts.values()) yield { local: null, event: { type: 'xstate.init' }, step };
    for (const [local, row] of this.steps.entries())
      if (row !== undefined) for (const [eventId, step] of row) yield { local, event: this.interner.value(eventId) as AnyEventObject, step };
  }

  /**
   * Computes a remembered step again and compares: what went in must still be what it was, and what comes out the same.
   * @returns how many values had to be looked at.
   * @throws RolecallError `IMPURE_ROLE` where a role changed its input, or gave two results for one input.
   */
  recheck(local: number, eventId: number): number {
    const known = this.steps[local]?.get(eventId);
    if (known === undefined || known.threw !== null) return 0;
    this.rechecked++;
    // Nothing is shared with the interner of the role, which knows by identity what was changed in place.
    const fresh = new Interner();
    const event = this.interner.value(eventId) as AnyEventObject;
    const again = this.againOf(local, event);
    const differs = (value: Value, id: number): boolean => {
      const copy = fresh.intern(value);
      return fresh.hi(copy) !== this.interner.hi(id) || fresh.lo(copy) !== this.interner.lo(id);
    };
    if (differs(localKey(this.snapshot(local)), this.locals.id(local))) throw this.impure('or a claim about it changed its context in place', event);
    if (differs(event as unknown as Value, eventId)) throw this.impure('changed the event', event);
    if (again.refused !== known.refused) throw this.impure('did not take the event twice', event);
    const context = fresh.canonical(again.snapshot.context as Value);
    if (differs(localKey(withContext(again.snapshot, context)), this.locals.id(known.next)))
      throw this.impure('did not reach the same state twice', event);
    if (differs(again.effects as unknown as Value, this.interner.intern(known.effects as unknown as Value)))
      throw this.impure('did not give the same effects twice', event);
    if (differs(this.invokedIn(again) as unknown as Value, this.interner.intern(known.invoked as unknown as Value)))
      throw this.impure('did not invoke the same promises twice', event);
    const timers = again.started.toSorted(byDelay).map(({ id, delayMs }) => `${id} ${delayMs}`);
    if (timers.join() !== known.started.map((id, at) => `${id} ${known.delays[at]}`).join())
      throw this.impure('did not start the same timers twice', event);
    return fresh.size;
  }

  private kept(outcome: StepOutcome): StepOutcome {
    const { loses } = this;
    return loses === null ? outcome : { ...outcome, effects: outcome.effects.filter((effect) => !loses(effect, outcome.rules)) };
  }

  private againOf(local: number, event: AnyEventObject): StepOutcome {
    try {
      return withoutAmbient(() => this.kept(this.stepper.step(this.snapshot(local), event)));
    } catch (error) {
      throw this.impure(`threw when it was asked again (${describe(error)})`, event);
    }
  }

  private impure(what: string, event: AnyEventObject): RolecallError {
    return new RolecallError({
      code: 'IMPURE_ROLE',
      message: `${this.machine.id} ${what} on ${event.type}`,
      place: this.machine.id,
      advice:
        'A role must be a function of its context and the event. Look for a Map or Set that is changed in place, or for state outside the context.',
    });
  }

  private remembered(local: number | null, event: AnyEventObject, run: () => StepOutcome): Step {
    try {
      const outcome = withoutAmbient(run);
      const started = [...outcome.started].sort(byDelay);
      const effects = outcome.effects.map((effect) => this.interner.canonical(effect as unknown as Value) as unknown as Effect);
      for (const effect of effects) this.check(effect, event);
      for (const rule of outcome.rules) this.rulesSeen.add(rule);
      for (const { id, delayMs } of started) this.delays.set(id, delayMs);
      return {
        next: outcome.refused && local !== null ? local : this.localOf(outcome.snapshot),
        effects,
        started: started.map((timer) => timer.id),
        delays: started.map((timer) => timer.delayMs),
        cancelled: outcome.cancelled,
        invoked: this.invokedIn(outcome),
        stopped: outcome.stopped,
        rules: outcome.rules,
        refused: outcome.refused,
        threw: null,
        taken: 0,
      };
    } catch (error) {
      if (error instanceof RolecallError && error.kind === 'defect') throw error;
      return {
        next: local ?? this.localOfNothing(),
        effects: [],
        started: [],
        delays: [],
        cancelled: [],
        invoked: [],
        stopped: [],
        rules: [],
        refused: false,
        threw: describe(error),
        taken: 0,
      };
    }
  }

  private invokedIn({ invoked }: StepOutcome): readonly Invoked[] {
    return invoked.map(({ id, src, input }) => ({ id, src, input: this.interner.canonical((input ?? null) as Value) }));
  }

  private localOf(snapshot: AnyMachineSnapshot): number {
    const kept = withContext(snapshot, this.interner.value(this.interner.intern(snapshot.context as Value, `${this.machine.id} context`)));
    const size = this.locals.size;
    const local = this.locals.of(localKey(kept));
    if (local === size) this.snapshots[local] = kept;
    return local;
  }

  /** A role that threw at its start has no state; an empty one stands for it until the run ends, which is at once. */
  private localOfNothing(): number {
    const local = this.locals.of({ value: 'threw', context: {}, status: 'error', output: null, history: {} });
    this.snapshots[local] ??= {
      value: 'threw',
      context: {},
      status: 'error',
      matches: () => false,
      hasTag: () => false,
    } as unknown as AnyMachineSnapshot;
    return local;
  }
}
