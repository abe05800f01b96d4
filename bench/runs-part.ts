import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProtocol } from '../model/explore/run.ts';
import type { Protocol } from '../model/protocol/protocol.ts';
import { twoPhaseCommitProperties } from '../properties/reference/two-phase-commit.property.ts';
import { twoPhaseCommit } from '../spec/reference/two-phase-commit.ts';
import { apart } from './apart.ts';
import { root } from './asked.ts';
import type { Measured } from './measured.ts';
import { grouped, medianOf, ofHundredths, tableOf } from './table.ts';

/** Random runs of two-phase commit with three participants, of twenty steps at most, an invariant asked after each step. */
const steps = 20;

/** Runs a second by `rolecall run`: seeds from fast-check, walks, priorities and swarms, coverage and distinct worlds counted. */
export const runsPerSecond = (runs: number): number => {
  const { three } = twoPhaseCommit.scenarios;
  const protocol = { ...twoPhaseCommit, scenarios: { three } } as unknown as Protocol;
  const of = (count: number): number => {
    const report = runProtocol({
      protocol,
      properties: twoPhaseCommitProperties,
      selected: null,
      seed: 1,
      runs: count,
      timeMs: null,
      maxSteps: steps,
      faults: null,
      hosts: null,
      mutant: null,
      regressions: [],
      clock: () => performance.now(),
      shouldStop: () => false,
    });
    if (report.verdict !== 'passes') throw new Error(`two-phase commit: ${report.verdict}`);
    return count / report.timings.seconds;
  };
  of(1_000);
  return Math.round(of(runs));
};

const folder = join(root, 'bench', 'quint');
const quint = join(folder, 'node_modules', '.bin', 'quint');

/** Runs a second, as Quint's simulator itself says; its start and its parser are not in it. */
const quintRunsPerSecond = (runs: number, seed: number): number => {
  const options = [
    '--backend=typescript',
    `--max-samples=${runs}`,
    `--max-steps=${steps}`,
    '--invariant=agreement',
    `--seed=${seed}`,
    '--verbosity=1',
  ];
  const text = execFileSync(quint, ['run', ...options, join(folder, 'two-phase-commit.qnt')], { encoding: 'utf8' });
  const rate = /No violation found \(\d+ms at (\d+) traces\/second\)/.exec(text)?.[1];
  if (rate === undefined) throw new Error(`Quint did not say how fast it was:\n${text}`);
  return Number(rate);
};

export const runsPart = (): Measured => {
  const title = `Random runs of two-phase commit, 3 participants, ${steps} steps; medians of turns`;
  const isThere = existsSync(quint);
  const version = isThere ? (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies['@informalsystems/quint'] as string) : null;
  const turns = Array.from({ length: 5 }, (_, turn) => {
    const rolecall = apart<number>('runs', 20_000);
    return { rolecall, quint: isThere ? quintRunsPerSecond(2_000, turn + 1) : null };
  });
  const rolecall = medianOf(turns.map((turn) => turn.rolecall));
  if (!isThere)
    return {
      title,
      lines: [`rolecall run: ${grouped(rolecall)} runs/s`, 'Quint is skipped: it is not installed (npm ci --prefix bench/quint)'],
      numbers: { quint: null, turns },
    };
  const rate = medianOf(turns.map((turn) => turn.quint ?? 0));
  const ratioInHundredths = Math.round(medianOf(turns.map((turn) => (100 * turn.rolecall) / (turn.quint ?? 1))));
  return {
    title,
    lines: tableOf([
      ['', 'runs/s', 'ratio'],
      ['rolecall run', grouped(rolecall), ofHundredths(ratioInHundredths)],
      [`Quint ${version}, its TypeScript simulator`, grouped(rate), '1.00'],
    ]).split('\n'),
    numbers: { quint: version, rolecallRunsPerSecond: rolecall, quintRunsPerSecond: rate, ratioInHundredths, turns: turns.length },
  };
};
