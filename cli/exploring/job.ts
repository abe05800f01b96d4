import type { RunOptions as Asked } from '../../model/explore/run-options.ts';
import type { Entry } from '../catalogue.ts';
import type { RunOptions } from './run-options.ts';

/** One plan of one protocol. */
export interface Job {
  readonly protocol: string;
  /** Which of the protocol's plans, from 0. */
  readonly plan: number;
}

/** Milliseconds by a clock that all threads share. */
export const clock = (): number => performance.timeOrigin + performance.now();

/** What is asked of one protocol. */
export const askedOf = ({ protocol, properties }: Entry, options: RunOptions, shouldStop: () => boolean): Asked => ({
  ...{ protocol, properties, clock, shouldStop },
  selected: options.property ?? null,
  seed: options.seed,
  runs: options.runs ?? null,
  timeMs: null,
  maxSteps: options.maxSteps ?? null,
  faults: options.faults ?? null,
  hosts: options.hosts ?? null,
  mutant: options.mutant ?? null,
  regressions: [],
  // One run over a file takes seconds, and so does each candidate that a smaller trace is looked for among.
  ...(options.chain === undefined ? {} : { chunk: 1, effort: { candidates: 40, states: 200, moves: 2_000 } }),
});
