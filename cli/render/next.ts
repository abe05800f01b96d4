import type { RunReport } from '../../model/explore/report.ts';
import type { Entry } from '../catalogue.ts';
import { usualRuns } from '../../model/explore/plan.ts';
import { mutantNames } from '../names.ts';
import { leftToCheck } from './ending.ts';

/** The next command worth typing after a run. */
export const nextCommand = ({
  reports,
  traces,
  entries,
  asked,
}: {
  readonly reports: readonly RunReport[];
  readonly traces: readonly string[];
  readonly entries: readonly Entry[];
  readonly asked: { readonly seed: number; readonly runs?: number; readonly mutant?: string; readonly chain?: string };
}): string => {
  const [trace] = traces;
  const chain = asked.chain === undefined ? '' : ` --chain ${asked.chain}`;
  if (trace !== undefined) return `npx rolecall replay ${trace}${chain}`;
  const report = reports.find(({ verdict }) => verdict !== 'passes') ?? reports[0];
  const protocol = report?.protocol ?? '';
  const properties = entries.find((entry) => entry.protocol.id === protocol)?.properties ?? [];
  const changed = report?.regressions.find(({ outcome }) => outcome === 'changed');
  if (changed !== undefined) return `npx rolecall replay ${changed.file} --lenient`;
  // Where random runs judged nothing, more of them judge nothing, too.
  if (report !== undefined && report.mutant === null && report.claims.length === 0)
    return leftToCheck(report, properties) ?? `npx rolecall check ${protocol}`;
  const planted = asked.mutant === undefined ? '' : ` --mutant ${asked.mutant}`;
  // What passed is worth doubting: can these claims fail at all?
  const [mutant] = mutantNames(properties);
  if (reports.every(({ verdict }) => verdict === 'passes') && asked.mutant === undefined && mutant !== undefined)
    return `npx rolecall run ${protocol} --mutant ${mutant}`;
  return `npx rolecall run ${protocol}${planted}${chain} --seed ${asked.seed + 1} --runs ${2 * (asked.runs ?? usualRuns)}`;
};
