import { check as explored, type CheckOptions, type CheckReport } from '../../model/explore/exhaustive/check.ts';
import type { Order } from '../../model/explore/exhaustive/search.ts';
import { scenarioOf } from '../../model/property/arena.ts';
import type { Entry } from '../catalogue.ts';
import { exitCodes } from '../exit.ts';
import { keepTrace } from '../files.ts';
import { breathe, Interrupts } from '../interrupt.ts';
import { fromHere } from '../kept.ts';
import { entriesOf, narrowed } from '../names.ts';
import { checkLines, checkProgressLine } from '../render/check.ts';
import { LineDisplay } from '../render/progress.ts';
import { violationLines } from '../render/violation.ts';
import { print, printJson, screen } from '../terminal.ts';

/** What `rolecall check` is asked for on the command line. */
interface Asked {
  readonly scenario?: string;
  readonly property?: readonly string[];
  readonly order: Order;
  readonly maxStates: number;
  readonly maxDepth: number;
  readonly memory: number;
  readonly hosts?: number;
  readonly mutant?: string;
  readonly traceDir: string;
  readonly json?: boolean;
}

/** Explores every world of a scenario, or of each scenario of a protocol. */
export const check = async (protocol: string, asked: Asked): Promise<number> => {
  const [entry] = narrowed(await entriesOf([protocol]), asked) as [Entry];
  if (asked.scenario !== undefined) scenarioOf(entry.protocol, asked.scenario);
  const scenarios = asked.scenario === undefined ? Object.keys(entry.protocol.scenarios) : [asked.scenario];
  const interrupts = new Interrupts();
  const display = new LineDisplay({
    write: (text) => process.stderr.write(text),
    terminal: process.stderr.isTTY === true,
    width: screen().width,
    now: () => performance.now(),
  });
  const reports: CheckReport[] = [];
  interrupts.listen();
  try {
    for (const scenario of scenarios) {
      if (interrupts.stopped) break;
      const report = await searched(optionsOf(entry, scenario, asked, interrupts), display);
      reports.push(report);
      const file = report.violation === null ? null : fromHere(await keepTrace(asked.traceDir, report.violation.trace, report.violation.seed));
      if (!asked.json) await tell(report, file);
    }
  } finally {
    display.clear();
    interrupts.leave();
  }
  if (asked.json) await printJson(asked.scenario === undefined ? reports : reports[0]);
  if (interrupts.stopped) return exitCodes.interrupted;
  if (reports.some(({ verdict }) => verdict === 'violated')) return exitCodes.violated;
  return reports.every(({ verdict }) => verdict === 'holds') ? exitCodes.passes : exitCodes.unknown;
};

const optionsOf = ({ protocol, properties }: Entry, scenario: string, asked: Asked, interrupts: Interrupts): CheckOptions => ({
  protocol,
  properties,
  scenario,
  selected: asked.property ?? null,
  mutant: asked.mutant ?? null,
  hosts: asked.hosts ?? null,
  order: asked.order,
  maxStates: asked.maxStates,
  maxDepth: asked.maxDepth,
  maxBytes: asked.memory * 1e6,
  interrupted: () => interrupts.stopped,
  usedBytes: () => process.memoryUsage.rss(),
  clock: () => performance.now(),
});

const searched = async (options: CheckOptions, display: LineDisplay): Promise<CheckReport> => {
  const searching = explored(options);
  for (;;) {
    const next = searching.next();
    if (next.done) {
      display.clear();
      return next.value;
    }
    display.show((seconds) => checkProgressLine(next.value, seconds, process.memoryUsage.rss()));
    await breathe();
  }
};

const tell = async (report: CheckReport, file: string | null): Promise<void> => {
  const { paint, glyphs, width } = screen();
  const { violation } = report;
  await print([
    ...(violation === null ? [] : ['', ...violationLines(violation, file, violation.seed, { paint, glyphs, width })]),
    '',
    ...checkLines(report, paint, width),
    '',
  ]);
};
