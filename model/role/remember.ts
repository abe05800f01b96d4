import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import { RolecallError } from '../kernel/errors.ts';
import { Interner } from '../kernel/intern.ts';
import { Table } from '../kernel/table.ts';
import type { Value } from '../kernel/value.ts';
import { byCodeUnits } from '../kernel/order.ts';
import type { Effect } from './effect.ts';
import { withoutAmbient } from './purity.ts';
import { localKey, Stepper, type StartedTimer, type StepOutcome, withContext } from './step.ts';

/** A step of a role, in canonical values; computed once for each local state and event. */
export interface Step {
  /** The next local state; the same one where nothing changed, or where the role threw. */
  readonly next: number;
  readonly effects: readonly Effect[];
  /** In the order in which they fire, for they were started together. */
  readonly started: readonly string[];
  readonly delays: readonly number[];
  readonly cancelled: readonly string[];
  readonly rules: readonly string[];
  readonly refused: boolean;
  /** What a guard, an action or an effect of the role threw. */
  readonly threw: string | null;
  /** How often the step was taken; coverage adds it up. */
  taken: number;
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const byDelay = (a: StartedTimer, b: StartedTimer): number => a.delayMs - b.delayMs || byCodeUnits(a.id, b.id);

/** Throws where an effect is not one that the protocol knows. */
export type EffectCheck = (effect: Effect, event: AnyEventObject) => void;

/** The remembered steps of one role: XState runs once for each pair of local state and event. */
export class RememberedRole {
  readonly locals: Table;
  hits = 0;
  misses = 0;
  /** Rules that fired in some step. */
  readonly rulesSeen = new Set<string>();
  private readonly stepper: Stepper;
  private readonly snapshots: AnyMachineSnapshot[] = [];
  private readonly steps: Map<number, Step>[] = [];
  private readonly starts = new Map<number, Step>();
  private readonly delays = new Map<string, number>();
  private readonly interner: Interner;
  private readonly check: EffectCheck;

  constructor(machine: AnyStateMachine, interner: Interner, check: EffectCheck) {
    this.stepper = new Stepper(machine);
    this.interner = interner;
    this.locals = new Table(interner);
    this.check = check;
  }

  get machine(): AnyStateMachine {
    return this.stepper.machine;
  }

  /** The live snapshot of a local state; its context is canonical and frozen. */
  snapshot(local: number): AnyMachineSnapshot {
    return this.snapshots[local] as AnyMachineSnapshot;
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
      step = this.remembered(null, { type: 'xstate.init' }, () => this.stepper.start(this.interner.value(id)));
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
    const step = this.remembered(local, event, () => this.stepper.step(this.snapshot(local), event));
    let row = this.steps[local];
    if (row === undefined) {
      row = new Map();
      this.steps[local] = row;
    }
    row.set(eventId, step);
    return step;
  }

  /** All steps that were computed, for coverage: the local state before, the event, the step. */
  *remember(): Generator<{ readonly local: number | null; readonly event: AnyEventObject; readonly step: Step }> {
    for (const step of this.starts.values()) yield { local: null, event: { type: 'xstate.init' }, step };
    for (const [local, row] of this.steps.entries())
      if (row !== undefined) for (const [eventId, step] of row) yield { local, event: this.interner.value(eventId) as AnyEventObject, step };
  }

  /**
   * Computes a remembered step again, over values that share nothing with the remembered ones, and compares.
   * @throws RolecallError `IMPURE_ROLE` where a role changed its input, or gave two results for one input.
   */
  recheck(local: number, eventId: number): void {
    const known = this.steps[local]?.get(eventId);
    if (known === undefined || known.threw !== null) return;
    const fresh = new Interner();
    const key = this.interner.fingerprint(this.locals.id(local));
    const impure = (what: string): never => {
      throw new RolecallError({
        code: 'IMPURE_ROLE',
        message: `${this.machine.id} ${what} on ${(this.interner.value(eventId) as AnyEventObject).type}`,
        place: this.machine.id,
        advice:
          'A role must be a function of its context and the event. Look for a Map or Set that is changed in place, or for state outside the context.',
      });
    };
    const event = this.interner.value(eventId) as AnyEventObject;
    const again = this.stepper.step(this.snapshot(local), event);
    if (fresh.fingerprint(fresh.intern(localKey(this.snapshot(local)))) !== key) impure('changed its context in place');
    const next = this.interner.fingerprint(this.locals.id(known.next));
    if (fresh.fingerprint(fresh.intern(localKey(withContext(again.snapshot, fresh.canonical(again.snapshot.context as Value))))) !== next)
      impure('did not give the same state twice');
    const effects = (list: readonly Effect[]): string => fresh.fingerprint(fresh.intern(list as unknown as Value));
    if (effects(again.effects) !== effects(known.effects)) impure('did not give the same effects twice');
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
        rules: [],
        refused: false,
        threw: describe(error),
        taken: 0,
      };
    }
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
