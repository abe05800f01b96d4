import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { viewerPage } from '../../docs/viewer/html.ts';
import { pointOfNoReturn } from '../../model/explore/no-return.ts';
import { becauseOf } from '../../model/trace/because.ts';
import type { ReplayReport } from '../../model/trace/replay.ts';
import { scenarioOf } from '../../model/property/arena.ts';
import type { Trace } from '../../model/trace/trace.ts';
import type { Entry } from '../catalogue.ts';
import { project } from '../project.ts';
import { becauseLines, becauseWords, noReturnWords } from '../render/because.ts';
import { replayedLines, replayHeading, replayVerdict } from '../render/replay.ts';
import { sequenceDiagram } from '../render/sequence.ts';
import { loopWords } from '../render/steps.ts';
import { lengthWords, neededWords, partWords, valueLines } from '../render/violation.ts';
import { type Told, viewOf } from '../render/viewed.ts';
import { wrapped } from '../render/table.ts';
import { writeAtomically } from '../files.ts';
import { meantFile, traceShelf } from '../meant.ts';
import { packageRoot } from '../package-root.ts';
import { stageTrace } from '../stage.ts';
import { print, screen } from '../terminal.ts';
import { exitCodes } from '../exit.ts';

/** So many steps are tried to be left out, one replay each. */
const MOST_TRIED = 80;

/** The trace without one of its steps; a loop begins at the step at which it began. */
const without = (trace: Trace, scheduled: Trace['steps'], left: number): Trace => ({
  ...trace,
  steps: scheduled.filter((_, index) => index !== left),
  ...(trace.loop === undefined ? {} : { loop: left < trace.loop ? trace.loop - 1 : trace.loop }),
});

/** The steps without which the run still ends as it did; null where there are too many to try. */
const spareSteps = (trace: Trace, replay: (trace: Trace, lenient: boolean) => ReplayReport): readonly number[] | null => {
  const scheduled = trace.steps.filter(({ settling }) => settling !== true);
  if (scheduled.length > MOST_TRIED) return null;
  return scheduled.flatMap((_, index) => (replay(without(trace, scheduled, index), true).reproduced ? [index + 1] : []));
};

/** The steps that led to the end. What a network does while it settles is chosen by the engine, and what it recovers from came before. */
const ledTo = ({ trace, steps }: ReplayReport): ReplayReport['steps'] => {
  const scheduled = steps.filter(({ settling }) => !settling);
  return trace.part.startsWith('recovers.') ? scheduled : steps;
};

const isOrdered = ({ protocol }: Entry, { scenario }: Trace): boolean => {
  const { link, ordered = false } = scenarioOf(protocol, scenario).network;
  return link === 'connection' || ordered;
};

/** What keeps a trace among those of the project; null where it is kept, or could not be rerun without a chain file at hand. */
const keepCommand = async (file: string, chain: string | undefined): Promise<string | null> => {
  const [own] = (await project()).traces;
  const to = `${own?.name ?? 'traces'}/regressions/`;
  if (chain !== undefined || file.startsWith(to)) return null;
  return `${existsSync(join(own?.folder ?? '', 'regressions')) ? '' : `mkdir -p ${to} && `}cp ${file} ${to}`;
};

interface Options {
  readonly chain?: string;
  readonly html?: string;
}

/** Writes the page that shows the run in a browser. Its script is compiled with everything else. */
const writePage = async (page: string, file: string, report: ReplayReport, told: Told, chain?: string): Promise<void> => {
  const script = await readFile(join(packageRoot, 'dist', 'docs', 'viewer', 'page.js'), 'utf8');
  await writeAtomically(page, viewerPage(viewOf(report, file, told, chain), script), 'Give another file to --html.');
};

/** One failure, one screen; or one page. */
export const show = async (named: string | undefined, { chain, html }: Options): Promise<number> => {
  const file = await meantFile(named, traceShelf, 'show');
  const { trace, replay, entry } = await stageTrace(file, chain);
  const report = replay(trace, false);
  const keep = await keepCommand(file, chain);
  const told: Told = report.reproduced
    ? {
        keep,
        spare: spareSteps(trace, replay),
        because: becauseWords(becauseOf(ledTo(report), report.values, isOrdered(entry, trace))),
        noReturn: noReturnWords(pointOfNoReturn(entry.protocol, entry.properties, trace), report.steps.filter(({ settling }) => !settling).length),
      }
    : { keep, spare: null, because: { links: [], left: 0, missing: [] }, noReturn: '' };
  const { paint, glyphs, width } = screen();
  const code = report.divergence === null ? exitCodes.passes : exitCodes.diverged;
  if (html !== undefined) {
    await writePage(html, file, report, told, chain);
    await print([...replayHeading(report, paint), `Written to ${paint('name', html)}; open it in a browser.`]);
    return code;
  }
  const heading = (text: string): string => paint('bold', text);
  await print([
    ...replayHeading(report, paint),
    '',
    ...wrapped(`  ${report.claim}`, width, '  '),
    `  ${partWords(trace.part)}${report.detail === '' ? '' : `: ${report.detail}`}`,
    '',
    ...(report.values.length === 0 ? [] : [heading('Host by host'), ...valueLines(report.values, paint), '']),
    heading(`What it takes: ${lengthWords(trace)}`),
    ...wrapped(report.reproduced ? neededWords(trace, told.spare) : 'Not tried, because the replay left its trace.', width),
    '',
    ...(told.noReturn === '' ? [] : [...wrapped(told.noReturn, width), '']),
    ...sequenceDiagram(trace, width, glyphs),
    '',
    ...(told.because.links.length === 0 ? [] : [heading('Because'), ...becauseLines(told.because, width, paint), '']),
    heading('Step by step'),
    ...replayedLines(report.steps, {}, width, paint),
    ...(trace.loop === undefined ? [] : [paint('bad', loopWords(trace.steps.length, trace.loop))]),
    '',
    ...replayVerdict(report, false, width, paint),
    '',
    `Replay it:          ${paint('name', `npx rolecall replay ${file}${chain === undefined ? '' : ` --chain ${chain}`}`)}`,
    ...(keep === null ? [] : [`Keep it, to be rerun first:  ${paint('name', keep)}`]),
  ]);
  return code;
};
