import type { ReplayReport } from '../../model/trace/replay.ts';
import { exitCodes } from '../exit.ts';
import { meantFile, traceShelf } from '../meant.ts';
import { type Range, replayedLines, replayHeading, replayVerdict } from '../render/replay.ts';
import { valueLines } from '../render/violation.ts';
import { stageTrace } from '../stage.ts';
import { print, printJson, screen } from '../terminal.ts';

interface Options extends Range {
  readonly lenient?: boolean;
  readonly chain?: string;
  readonly json?: boolean;
}

/** A violation that shows again is a violation; a witness that shows again is what is wanted. */
export const exitCodeOfReplay = ({ trace, divergence, reproduced }: ReplayReport, lenient: boolean): number => {
  if (divergence !== null) return exitCodes.diverged;
  if (reproduced) return trace.verdict === 'violated' ? exitCodes.violated : exitCodes.passes;
  // A lenient replay asks whether the failure is still there; a strict one that does not find it has diverged.
  return !lenient ? exitCodes.diverged : trace.verdict === 'violated' ? exitCodes.passes : exitCodes.unknown;
};

export const replay = async (named: string | undefined, { lenient = false, json, chain, ...range }: Options): Promise<number> => {
  const file = await meantFile(named, traceShelf, 'replay');
  const staged = await stageTrace(file, chain);
  const report = staged.replay(staged.trace, lenient);
  const code = exitCodeOfReplay(report, lenient);
  if (json) {
    const { trace, ...rest } = report;
    await printJson({
      file,
      protocol: trace.protocol,
      property: trace.property,
      part: trace.part,
      verdict: trace.verdict,
      lenient,
      exitCode: code,
      ...rest,
    });
    return code;
  }
  const { paint, width } = screen();
  await print([
    ...replayHeading(report, paint),
    '',
    ...replayedLines(report.steps, range, width, paint),
    '',
    ...valueLines(report.values, paint),
    ...(report.values.length === 0 ? [] : ['']),
    ...replayVerdict(report, lenient, width, paint),
  ]);
  return code;
};
