/** What found a mutant: which property, by which part, in which scenario. */
export type Killed =
  /** By a violation, in the run that this seed draws. */
  | {
      readonly how: 'violated';
      readonly property: string;
      readonly part: string;
      readonly scenario: string;
      readonly seed: number;
      /** The run settles after so many steps; null: when the scenario says. */
      readonly maxSteps: number | null;
      /** Steps until the violation, those of settling not counted. */
      readonly steps: number;
    }
  /** Because what must be seen is seen without the mutant and not with it, in so many runs from the seed on. */
  | {
      readonly how: 'unseen';
      readonly property: string;
      readonly part: string;
      readonly scenario: string;
      readonly seed: number;
      readonly runs: number;
    }
  /** By the exhaustive search, breadth first: what comes in the end is not known before. */
  | { readonly how: 'searched'; readonly property: string; readonly part: string; readonly scenario: string; readonly steps: number };

/** What became of a mutant. */
export interface Kill {
  /** The name of a mutant that a property plants, or the id of a generated one. */
  readonly mutant: string;
  /** Null where it survives. */
  readonly by: Killed | null;
}

/** The kills of one protocol, as they are kept. */
export interface KillRecord {
  readonly protocol: string;
  /** Of the model and the claims of which they were found: see `killDigest`. */
  readonly model: string;
  readonly kills: readonly Kill[];
}
