import { describe, expect, it } from 'vitest';
import { explore } from '../../model/explore/explore.ts';
import { type Plan, type Planned, planned } from '../../model/explore/plan.ts';
import type { RunReport } from '../../model/explore/report.ts';
import { reportOf } from '../../model/explore/run.ts';
import type { Tally } from '../../model/explore/tally.ts';
import { type CatalogueEntry, catalogue, type Entry } from '../catalogue.ts';
import { Board } from './board.ts';
import { Crew } from './crew.ts';
import { askedOf } from './job.ts';
import type { RunOptions } from './run-options.ts';

const usual: RunOptions = { seed: 20, runs: 24, traceDir: '' };

const entry = (id: string): Promise<Entry> => (catalogue.find((each) => each.id === id) as CatalogueEntry).load();

const plannedFor = async (protocol: string, options: RunOptions): Promise<Planned> => planned(askedOf(await entry(protocol), options, () => false));

/** What one thread alone says of some plans. */
const alone = (all: Planned): RunReport => {
  const tallies = all.plans.map((plan: Plan): Tally => {
    const exploring = explore(all, plan, null);
    for (;;) {
      const { done, value } = exploring.next();
      if (done) return value;
    }
  });
  return untimed(reportOf(all, tallies, []));
};

const untimed = (report: RunReport): RunReport => ({ ...report, timings: { seconds: 0, stepsPerSecond: 0 } });

/** Threads to which something may happen while they explore. */
class Seen extends Crew {
  kill(): void {
    for (const { worker } of this.others) void worker.terminate();
  }
}

/**
 * Lets another thread explore the first plans of a protocol. The main one takes a job of ping-pong before it, and is held back until
 * nothing is left; or until the other thread is no more, which `onProgress` may see to.
 */
const byAnother = async (protocol: string, options: RunOptions, most = 99, onProgress: (crew: Seen) => void = () => {}) => {
  const all = await plannedFor(protocol, options);
  const held = await plannedFor('ping-pong', usual);
  const jobs = [{ protocol: 'ping-pong', plan: 0 }, ...all.plans.slice(0, most).map((_, plan) => ({ protocol, plan }))];
  const isDone = (): boolean => crew.shares[1] === jobs.length - 1 || crew.lost > 0;
  const planOf = async (of: string): Promise<Planned> => {
    if (of === protocol) return all;
    for (let ms = 0; !isDone(); ms += 10) {
      if (ms > 60_000) throw new Error('the other thread has not done its jobs within a minute');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return held;
  };
  const crew = new Seen({ jobs, ends: null, threads: 2 }, new Board(), options, (job) => {
    if (job > 0) onProgress(crew);
  });
  const [tallies] = await Promise.all([crew.tallies(protocol), crew.work(planOf)]);
  return { all, report: untimed(reportOf(all, tallies, [])), shares: crew.shares, lost: crew.lost };
};

describe('a thread beside the main one', () => {
  it('explores what it is given, and says of it what the main one says', async () => {
    const { all, report, shares, lost } = await byAnother('two-phase-commit', usual);
    expect([shares, lost]).toEqual([[1, all.plans.length], 0]);
    expect(report.explorations.length).toBeGreaterThan(5);
    expect(report).toEqual(alone(await plannedFor('two-phase-commit', usual)));
  });

  it('finds a planted fault, with the same trace', async () => {
    const options = { ...usual, mutant: 'commitsEarly' };
    const { report, shares } = await byAnother('two-phase-commit', options);
    expect([report.verdict, shares[0]]).toEqual(['violated', 1]);
    const here = alone(await plannedFor('two-phase-commit', options));
    expect(JSON.stringify(report)).toBe(JSON.stringify(here));
  });
});

describe('a thread that is lost', () => {
  it('leaves unknown what it was at, and says so', async () => {
    const { report, lost } = await byAnother('two-phase-commit', { ...usual, runs: 10_000_000 }, 1, (crew) => crew.kill());
    expect([lost, report.verdict]).toEqual([1, 'unknown']);
    for (const claim of report.claims) expect(claim.statement).toMatch(/^the thread that explored \w+ died/);
  });
});
