import { explore } from '../../model/explore/explore.ts';
import type { Plan, Planned } from '../../model/explore/plan.ts';
import type { Progress } from '../../model/explore/report.ts';
import { isSettled, shareOf } from '../../model/explore/run.ts';
import type { Tally } from '../../model/explore/tally.ts';
import { breathe } from '../interrupt.ts';
import type { Board } from './board.ts';
import { clock, type Job } from './job.ts';

/** What there is to do, for any number of threads. */
export interface Work {
  readonly jobs: readonly Job[];
  /** When the time is up, in milliseconds by the clock that threads share; null: never. */
  readonly ends: number | null;
  readonly threads: number;
}

/** Gives the plans of a protocol. */
export type PlanOf = (protocol: string) => Promise<Planned>;

/** Hears of the jobs that one thread does, by their index. */
export interface Hears {
  readonly progress: (job: number, progress: Progress) => void;
  /** Null: what it was to find was found before. */
  readonly done: (job: number, tally: Tally | null) => void;
}

/** Takes one job after the other, until none is left; between pieces of them, signals and messages come through. */
export const work = async ({ jobs, ends, threads }: Work, board: Board, planOf: PlanOf, hears: Hears): Promise<void> => {
  const settled = new Set<string>();
  for (;;) {
    const index = board.take();
    const job = jobs[index];
    if (job === undefined) return;
    if (settled.has(job.protocol)) {
      hears.done(index, null);
      continue;
    }
    const all = await planOf(job.protocol);
    const exploring = explore(all, all.plans[job.plan] as Plan, shareOf(ends, clock(), jobs.length - index, threads));
    for (;;) {
      const next = exploring.next();
      await breathe();
      if (!next.done) {
        hears.progress(index, next.value);
        continue;
      }
      if (isSettled(all, [next.value])) settled.add(job.protocol);
      hears.done(index, next.value);
      break;
    }
  }
};
