import { availableParallelism } from 'node:os';
import { planned, type Planned, runsOf } from '../../model/explore/plan.ts';
import { coverageOf } from '../../model/explore/explore.ts';
import type { RunOptions as Asked } from '../../model/explore/run-options.ts';
import type { RunReport } from '../../model/explore/report.ts';
import { regressionsOf, reportOf } from '../../model/explore/run.ts';
import type { Entry } from '../catalogue.ts';
import { exitCodes, overall } from '../exit.ts';
import { keepTrace } from '../files.ts';
import { Interrupts } from '../interrupt.ts';
import { fromHere, keptRegressions } from '../kept.ts';
import { headerLine } from '../render/header.ts';
import { nextCommand } from '../render/next.ts';
import { ProgressDisplay } from '../render/progress.ts';
import { toldLines, violationsOf } from '../render/told.ts';
import { counted } from '../render/words.ts';
import { print, printJson, screen } from '../terminal.ts';
import { Board } from './board.ts';
import { Crew } from './crew.ts';
import { askedOf, clock } from './job.ts';
import type { RunOptions } from './run-options.ts';
import type { Work } from './work.ts';

/** A thread has to load the protocols and to compute steps that another has remembered; for fewer runs it is not worth it. */
const worthAThread = 2_000;

/** Each remembers for itself, so more threads take more memory. */
const mostThreads = 4;

/** A planted fault is looked for until it is found, and the protocol of a chain file is known to this thread alone. */
const threadsFor = ({ workers, mutant, chain }: RunOptions, runs: number): number => {
  if (chain !== undefined) return 1;
  if (workers !== undefined) return workers;
  return mutant !== undefined || runs < worthAThread ? 1 : Math.min(availableParallelism(), mostThreads);
};

/** Tells what came of one protocol, and writes the failing traces. */
const tell = async (report: RunReport, entry: Entry, options: RunOptions, notes: Notes): Promise<readonly string[]> => {
  const violations = violationsOf(report, entry);
  const files: string[] = [];
  for (const { trace } of violations) files.push(fromHere(await keepTrace(options.traceDir, trace, report.seed)));
  if (options.json) return files;
  // A trace of a download speaks of the blocks of its file.
  const typed = files.map((file) => (options.chain === undefined ? file : `${file} --chain ${options.chain}`));
  await print(['', ...toldLines(report, entry, violations, typed, notes(report), screen()), '']);
  return files;
};

/** What else there is to say of a report. */
type Notes = (report: RunReport) => readonly string[];

/** What is planned for an entry. */
interface Course {
  readonly entry: Entry;
  readonly asked: Asked;
  readonly planned: Planned;
}

/** Explores each entry and tells what came of it, in their order. */
export const explorations = async (entries: readonly Entry[], options: RunOptions, notes: Notes = () => []): Promise<number> => {
  const { paint, width } = screen();
  const board = new Board();
  // Kept traces speak of the catalogue's protocols, not of the chain of a file.
  const regressions = options.chain === undefined ? await keptRegressions() : [];
  const courses = entries.map((entry): Course => {
    const asked = { ...askedOf(entry, options, () => board.isStopped), regressions };
    return { entry, asked, planned: planned(asked) };
  });
  const plans = courses.flatMap((course) => course.planned.plans);
  const display = new ProgressDisplay(
    { write: (text) => process.stderr.write(text), terminal: process.stderr.isTTY === true, width, now: () => performance.now() },
    { runs: plans.reduce((sum, plan) => sum + runsOf(plan), 0), rules: rulesOf(courses.map((course) => course.planned)) },
  );
  const work: Work = {
    jobs: courses.flatMap(({ entry, planned: { plans } }) => plans.map((_, plan) => ({ protocol: entry.protocol.id, plan }))),
    ends: options.time === undefined ? null : clock() + options.time,
    threads: Math.max(1, Math.min(plans.length, threadsFor(options, display.of.runs))),
  };
  const planOf = async (protocol: string): Promise<Planned> => courses.find(({ entry }) => entry.protocol.id === protocol)?.planned as Planned;
  const crew = new Crew(work, board, options, (job, progress) => display.show(job, progress));
  const interrupts = new Interrupts(() => board.stop());
  const reports: RunReport[] = [];
  const traces: string[] = [];
  const tellAll = async (): Promise<void> => {
    for (const { entry, asked, planned } of courses) {
      if (interrupts.stopped) break;
      if (!options.json) await print([headerLine(entry, options, paint)]);
      const kept = regressionsOf(asked);
      const report = reportOf(planned, await crew.tallies(entry.protocol.id), kept);
      display.clear();
      reports.push(report);
      traces.push(...(await tell(report, entry, options, notes)));
    }
  };
  interrupts.listen();
  try {
    await Promise.all([tellAll(), crew.work(planOf)]);
  } finally {
    board.stop();
    display.clear();
    interrupts.leave();
  }
  if (crew.lost > 0)
    process.stderr.write(
      `${counted(crew.lost, 'thread')} died, for want of memory most likely; what it was at is unknown. --workers 1 takes less.\n`,
    );
  const verdict = overall(reports.map((report) => report.verdict));
  const timings = { exploredBy: crew.shares, threadsLost: crew.lost };
  if (options.json) await printJson({ verdict, interrupted: interrupts.stopped, reports, traces, timings });
  else await print([`Next:  ${paint('name', nextCommand({ reports, traces, entries, asked: options }))}`]);
  return interrupts.stopped ? exitCodes.interrupted : exitCodes[verdict];
};

/** How many rules there are to fire. */
const rulesOf = (all: readonly Planned[]): number => all.reduce((sum, { options, plans }) => sum + coverageOf(options.protocol, plans).rules.size, 0);
