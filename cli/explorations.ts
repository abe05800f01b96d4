import type { RunReport } from '../model/explore/report.ts';
import { runProtocol } from '../model/explore/run.ts';
import type { Entry } from './catalogue.ts';
import { exitCodes, overall } from './exit.ts';
import { keepTrace } from './files.ts';
import { breathe, Interrupts } from './interrupt.ts';
import { fromHere, keptRegressions } from './kept.ts';
import { headerLine } from './render/header.ts';
import { nextCommand } from './render/next.ts';
import { ProgressDisplay } from './render/progress.ts';
import { toldLines, violationsOf } from './render/told.ts';
import type { RunOptions } from './run-options.ts';
import { print, printJson, screen } from './terminal.ts';

/** Explores one protocol in pieces, so that signals come through and progress is seen. */
const explore = async (
  entry: Entry,
  options: RunOptions,
  timeMs: number | null,
  interrupts: Interrupts,
  display: ProgressDisplay,
): Promise<RunReport> => {
  const running = runProtocol({
    protocol: entry.protocol,
    properties: entry.properties,
    selected: options.property ?? null,
    seed: options.seed,
    runs: options.runs ?? null,
    timeMs,
    maxSteps: options.maxSteps ?? null,
    faults: options.faults ?? null,
    hosts: options.hosts ?? null,
    mutant: options.mutant ?? null,
    // Kept traces speak of the catalogue's protocols, not of the chain of a file.
    regressions: options.chain === undefined ? await keptRegressions() : [],
    // One run over a file takes seconds, and so does each candidate that a smaller trace is looked for among.
    ...(options.chain === undefined ? {} : { chunk: 1, effort: { candidates: 40, states: 200, moves: 2_000 } }),
    shouldStop: () => interrupts.stopped,
    clock: () => performance.now(),
  });
  for (;;) {
    const next = running.next();
    if (next.done) return next.value;
    display.show(next.value);
    await breathe();
  }
};

/** Tells what came of one protocol, and writes the failing traces. */
const tell = async (report: RunReport, entry: Entry, options: RunOptions, notes: Notes): Promise<readonly string[]> => {
  const violations = violationsOf(report, entry);
  const files: string[] = [];
  for (const { trace } of violations) files.push(fromHere(await keepTrace(options.traceDir, trace, report.seed)));
  if (options.json) return files;
  // A trace of a download speaks of the blocks of its file.
  const typed = files.map((file) => (options.chain === undefined ? file : `${file} --chain ${options.chain}`));
  await print(['', ...toldLines(report, violations, typed, notes(report), screen()), '']);
  return files;
};

/** What else there is to say of a report. */
type Notes = (report: RunReport) => readonly string[];

/** Explores each entry and tells what came of it. */
export const explorations = async (entries: readonly Entry[], options: RunOptions, notes: Notes = () => []): Promise<number> => {
  const { paint, width } = screen();
  const interrupts = new Interrupts();
  const display = new ProgressDisplay({
    write: (text) => process.stderr.write(text),
    terminal: process.stderr.isTTY === true,
    width,
    now: () => performance.now(),
  });
  const reports: RunReport[] = [];
  const traces: string[] = [];
  const end = options.time === undefined ? undefined : performance.now() + options.time;
  interrupts.listen();
  try {
    for (const [index, entry] of entries.entries()) {
      if (interrupts.stopped) break;
      // What is left of the time is shared by the protocols that are left.
      const timeMs = end === undefined ? null : Math.max(1, (end - performance.now()) / (entries.length - index));
      if (!options.json) await print([headerLine(entry, options, paint)]);
      const report = await explore(entry, options, timeMs, interrupts, display);
      display.clear();
      reports.push(report);
      traces.push(...(await tell(report, entry, options, notes)));
    }
  } finally {
    display.clear();
    interrupts.leave();
  }
  const verdict = overall(reports.map((report) => report.verdict));
  if (options.json) await printJson({ verdict, interrupted: interrupts.stopped, reports, traces });
  else await print([`Next:  ${paint('name', nextCommand({ reports, traces, entries, asked: options }))}`]);
  return interrupts.stopped ? exitCodes.interrupted : exitCodes[verdict];
};
