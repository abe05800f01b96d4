import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Planned } from '../../model/explore/plan.ts';
import type { Tally } from '../../model/explore/tally.ts';
import { RolecallError } from '../../model/kernel/errors.ts';
import { packageRoot } from '../package-root.ts';
import type { Board } from './board.ts';
import type { RunOptions } from './run-options.ts';
import type { Orders, Said } from './thread.ts';
import { type Hears, type Work, work } from './work.ts';

const entry = join(packageRoot, 'dist', 'cli', 'exploring', 'thread.js');

/** A result that somebody waits for. */
interface Awaited {
  readonly tally: Promise<Tally | null>;
  readonly came: (tally: Tally | null) => void;
}

const awaited = (): Awaited => {
  let came: Awaited['came'] = () => {};
  const tally = new Promise<Tally | null>((resolve) => {
    came = resolve;
  });
  return { tally, came };
};

/**
 * Explores on this thread and on others. Each takes the next job when it is ready for one, and what comes of a job does
 * not depend on who does it: the results, put in the order of the jobs, are the same for any number of threads.
 */
export class Crew {
  private readonly given: Work;
  private readonly board: Board;
  private readonly options: RunOptions;
  private readonly results: readonly Awaited[];
  private readonly progress: Hears['progress'];

  constructor(given: Work, board: Board, options: RunOptions, progress: Hears['progress']) {
    this.given = given;
    this.board = board;
    this.options = options;
    this.progress = progress;
    this.results = given.jobs.map(awaited);
  }

  /** What came of the jobs of one protocol, once all are done. Those that needed not be done are left out. */
  async tallies(protocol: string): Promise<readonly Tally[]> {
    const { jobs } = this.given;
    const all = await Promise.all(this.results.filter((_, index) => jobs[index]?.protocol === protocol).map(({ tally }) => tally));
    return all.filter((tally) => tally !== null);
  }

  /** Does all jobs; these are the plans of the protocols, as this thread knows them. */
  async work(plans: ReadonlyMap<string, Planned>): Promise<void> {
    const others = Array.from({ length: this.given.threads - 1 }, () => this.begin());
    const here = work(this.given, this.board, async (protocol) => plans.get(protocol) as Planned, { progress: this.progress, done: this.done });
    const all = Promise.all(this.results.map(({ tally }) => tally));
    try {
      await Promise.race([Promise.all([here, all]), ...others.map(({ failed }) => failed)]);
    } finally {
      this.board.stop();
      await Promise.all(others.map(({ worker }) => worker.terminate()));
    }
  }

  private readonly done = (job: number, tally: Tally | null): void => {
    this.results[job]?.came(tally);
  };

  private begin(): { readonly worker: Worker; readonly failed: Promise<never> } {
    const orders: Orders = { work: this.given, options: this.options, memory: this.board.memory };
    const worker = new Worker(entry, { workerData: orders });
    const failed = new Promise<never>((_, reject) => {
      worker.on('message', (what: Said) => {
        if (what.said === 'progress') this.progress(what.job, what.progress);
        else if (what.said === 'done') this.done(what.job, what.tally);
        else reject(new RolecallError(what.fault));
      });
      worker.on('error', reject);
    });
    return { worker, failed };
  }
}
