import type { Action } from '../world/action.ts';
import type { HostName } from '../role/effect.ts';

/** One step of a trace. */
export interface TraceStep {
  readonly action: Action;
  /** Of the world after the step: 16 hex digits. */
  readonly fingerprint: string;
  /** The rules that fired, in order; empty for a fault, or for a message that was refused. */
  readonly rules: readonly string[];
  /** The content of a delivered message, shortened: a hint for the reader, not compared. */
  readonly hint?: string;
  /**
   * What the step changed, by part (`peer1/peer/context.head`), with eight hex digits of its content: a replay that
   * differs can name the host and the field.
   */
  readonly parts?: Readonly<Record<string, string>>;
  /** The step is part of settling, which the engine chooses itself after the recorded schedule. */
  readonly settling?: true;
}

/** A run that can be repeated: what `replay` reads and every failure is kept as. */
export interface Trace {
  /** The version of the format. */
  readonly rolecall: 1;
  readonly protocol: string;
  /** The digest of the model: structure, rule ids, schemas, parameters and mutant; never function source. */
  readonly model: string;
  readonly scenario: string;
  readonly mutant: string | null;
  /** How the run was found: `walk`, `pct`, `swarm`, `timed`, `breadth`. */
  readonly strategy: string;
  readonly seed: number;
  /** The hosts of this run. */
  readonly hosts: readonly HostName[];
  /** The links of this run. */
  readonly links: readonly (readonly [HostName, HostName])[];
  /** The property and the part of it that this trace is about: `always.chainIsValid`, `recovers.equalWork`, `leadsTo.answered`, `sometimes.tie`. */
  readonly property: string;
  readonly part: string;
  /** `violated`, or `witnessed` for a `sometimes`. */
  readonly verdict: 'violated' | 'witnessed';
  /** The fingerprint before the first step. */
  readonly start: string;
  readonly steps: readonly TraceStep[];
  /**
   * The run goes round for ever: after the last step comes the step with this index again, counted from 0. As many as there
   * are steps where nothing need happen any more.
   */
  readonly loop?: number;
  readonly minimised: {
    /** Steps before, without those of settling, and candidates that were run. */
    readonly from: number;
    readonly candidates: number;
    /** Whether a breadth-first search confirmed that no shorter run violates the property. */
    readonly shortest: boolean;
  } | null;
}
