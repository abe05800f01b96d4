import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { unexplored } from '../../model/explore/explore.ts';
import type { Plan } from '../../model/explore/plan.ts';
import type { Tally } from '../../model/explore/tally.ts';
import { RolecallError } from '../../model/kernel/errors.ts';
import { packageRoot } from '../package-root.ts';
import type { Board } from './board.ts';
import type { Job } from './job.ts';
import type { RunOptions } from './run-options.ts';
import type { Orders, Said } from './thread.ts';
import { type Hears, type PlanOf, type Work, work } from './work.ts';

const entry = join(packageRoot, 'dist', 'cli', 'exploring', 'thread.js');

/** A result that somebody waits for. */
interface Awaited {
  readonly tally: Promise<Tally | null>;
  readonly came: (tally: Tally | null) => void;
  isThere: boolean;
}

const awaited = (): Awaited => {
  let came: Awaited['came'] = () => {};
  const tally = new Promise<Tally | null>((resolve) => {
    came = resolve;
  });
  return { tally, came, isThere: false };
};

/** Whether Node has ended a thread, for want of memory most likely, and not what it was doing. */
const isOfNode = (fault: unknown): boolean => fault instanceof Error && String((fault as NodeJS.ErrnoException).code).startsWith('ERR_WORKER_');

/** A thread that explores beside this one. */
interface Other {
  readonly worker: Worker;
  /** Rejects with what it throws. */
  readonly failed: Promise<never>;
  /** Resolves when it has exited. */
  readonly ended: Promise<void>;
}

/**
 * Explores on this thread and on others. Each takes the next job when it is ready for one, and what comes of a job does
 * not depend on who does it: the results, put in the order of the jobs, are the same for any number of threads.
 */
export class Crew {
  /** By thread, this one first: how many jobs it has done. */
  readonly shares: number[];
  /** Threads that have died. What they were at stays unknown: whoever took their memory would take this thread's too. */
  lost = 0;
  protected readonly others: Other[] = [];
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
    this.shares = Array.from({ length: given.threads }, () => 0);
  }

  /** What came of the jobs of one protocol, once all are done. Those that needed not be done are left out. */
  async tallies(protocol: string): Promise<readonly Tally[]> {
    const { jobs } = this.given;
    const all = await Promise.all(this.results.filter((_, index) => jobs[index]?.protocol === protocol).map(({ tally }) => tally));
    return all.filter((tally) => tally !== null);
  }

  /** Does all jobs. @param planOf gives the plans of a protocol, as this thread knows them. */
  async work(planOf: PlanOf): Promise<void> {
    for (let thread = 1; thread < this.given.threads; thread++) this.others.push(this.begin(thread));
    const here = work(this.given, this.board, planOf, { progress: this.progress, done: (job, tally) => this.done(0, job, tally) });
    const all = Promise.all(this.results.map(({ tally }) => tally));
    const ended = Promise.all([here, ...this.others.map((other) => other.ended)]).then(() => this.giveUp(planOf));
    try {
      await Promise.race([Promise.all([here, all]), ended, ...this.others.map(({ failed }) => failed)]);
    } finally {
      this.board.stop();
      await Promise.all(this.others.map(({ worker }) => worker.terminate()));
    }
  }

  private done(thread: number, job: number, tally: Tally | null): void {
    const result = this.results[job] as Awaited;
    result.isThere = true;
    result.came(tally);
    this.shares[thread] = (this.shares[thread] as number) + 1;
  }

  /** Nobody is left who could do what was not done. */
  private async giveUp(planOf: PlanOf): Promise<void> {
    for (const [index, { isThere, came }] of this.results.entries()) {
      if (isThere) continue;
      const { protocol, plan } = this.given.jobs[index] as Job;
      const all = await planOf(protocol);
      came(unexplored(all, all.plans[plan] as Plan));
    }
  }

  private begin(thread: number): Other {
    const orders: Orders = { work: this.given, options: this.options, memory: this.board.memory };
    const worker = new Worker(entry, { workerData: orders });
    let isThrough = false;
    const failed = new Promise<never>((_, reject) => {
      worker.on('message', (what: Said) => {
        if (what.said === 'progress') this.progress(what.job, what.progress);
        else if (what.said === 'done') this.done(thread, what.job, what.tally);
        else if (what.said === 'through') isThrough = true;
        else reject(new RolecallError(what.fault));
      });
      worker.on('error', (fault) => {
        if (!isOfNode(fault)) reject(fault);
      });
    });
    const ended = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        if (!isThrough && this.results.some(({ isThere }) => !isThere)) this.lost++;
        resolve();
      });
    });
    return { worker, failed, ended };
  }
}
