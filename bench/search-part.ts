import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { twoPhaseCommitCounts } from '../properties/reference/counts.ts';
import { apart } from './apart.ts';
import { type Asked, root } from './asked.ts';
import type { Measured } from './measured.ts';
import type { Searched } from './searched.ts';
import { checkerOf, oneProcess, processes, type Spun, spinVersion } from './spin.ts';
import { grouped, medianOf, ofHundredths, tableOf } from './table.ts';

const sizes = { five: 5, six: 6, seven: 7, eight: 8, nine: 9 } as const;
type Size = keyof typeof sizes;

/** One size in turns: the medians, and the medians of what the turns compare. */
export type SearchRow = {
  readonly participants: number;
  readonly turns: number;
  readonly rolecall: Searched;
  readonly spin: Spun | null;
  /** SPIN's processor seconds over rolecall's, for the same states. */
  readonly ratioInHundredths: number | null;
  readonly spinProcesses: Spun | null;
  /** The second search in one process. */
  readonly again: Searched;
  readonly againRatioInHundredths: number | null;
  /** SPIN's seconds by the clock over rolecall's; compiling and collecting garbage run beside the search where a core is free. */
  readonly clockRatioInHundredths: number | null;
  /** Seconds by the clock, from the text of the model to the verdict: the whole command, and SPIN with the making of its checker. */
  readonly fromModel: number;
  readonly spinFromModel: number | null;
};

type Turn = {
  readonly rolecall: Searched;
  readonly again: Searched;
  readonly command: number;
  readonly spin: Spun | null;
  readonly spinProcesses: Spun | null;
};

/** How long `rolecall check` takes, by the clock. */
const commandSeconds = (size: Size): number => {
  const started = performance.now();
  const words = ['check', 'two-phase-commit', '--scenario', size, '--max-states', '100000000', '--json'];
  execFileSync(process.execPath, [join(root, 'bin', 'rolecall.js'), ...words], { stdio: ['ignore', 'ignore', 'ignore'] });
  return (performance.now() - started) / 1000;
};

const middle = <Run extends { readonly processorSeconds: number }>(runs: readonly (Run | null)[]): Run | null => {
  const ran = runs.filter((run): run is Run => run !== null).sort((a, b) => a.processorSeconds - b.processorSeconds);
  return ran[ran.length >> 1] ?? null;
};

/** SPIN tells large numbers by their first digits. */
const told = (count: number): number => (count < 1e8 ? count : Number(count.toPrecision(7)));

const ratioOf = (pairs: readonly (readonly [Spun | null, Searched])[], by: 'processorSeconds' | 'seconds' = 'processorSeconds'): number =>
  Math.round(medianOf(pairs.map(([spin, rolecall]) => (100 * (spin?.[by] ?? 0)) / rolecall[by])));

/** Every tool in turn, so that all have the same machine. As processes, SPIN stores millions of wide states from eight on. */
const measureSize = (size: Size, turns: number): SearchRow => {
  const participants = sizes[size];
  const isThere = spinVersion() !== null;
  const models = participants > 7 ? [oneProcess] : [oneProcess, processes];
  const checkers = isThere ? models.map((model) => checkerOf(model, participants)) : [];
  const taken = Array.from({ length: turns }, (): Turn => {
    const rolecall = apart<Searched>('search', 'two-phase-commit', size);
    const again = apart<Searched>('again', 'two-phase-commit', size);
    const command = commandSeconds(size);
    const [spin = null, spinProcesses = null] = checkers.map(({ run }) => run());
    return { rolecall, again, command, spin, spinProcesses };
  });
  for (const { remove } of checkers) remove();
  const { distinct, generated } = twoPhaseCommitCounts[size];
  for (const { rolecall, spin } of taken) {
    const counts = [rolecall.distinct, rolecall.generated, spin?.states ?? distinct, spin?.transitions ?? told(generated)];
    if (counts.join() !== [distinct, generated, distinct, told(generated)].join())
      throw new Error(`${participants} participants: counts differ: ${counts}`);
  }
  return {
    participants,
    turns,
    rolecall: middle(taken.map(({ rolecall }) => rolecall)) as Searched,
    spin: middle(taken.map(({ spin }) => spin)),
    ratioInHundredths: isThere ? ratioOf(taken.map(({ rolecall, spin }) => [spin, rolecall])) : null,
    spinProcesses: middle(taken.map(({ spinProcesses }) => spinProcesses)),
    again: middle(taken.map(({ again }) => again)) as Searched,
    againRatioInHundredths: isThere ? ratioOf(taken.map(({ again, spin }) => [spin, again])) : null,
    clockRatioInHundredths: isThere
      ? ratioOf(
          taken.map(({ rolecall, spin }) => [spin, rolecall]),
          'seconds',
        )
      : null,
    fromModel: medianOf(taken.map(({ command }) => command)),
    spinFromModel: isThere ? (checkers[0]?.making ?? 0) + medianOf(taken.map(({ spin }) => spin?.seconds ?? 0)) : null,
  };
};

const turnsOf = (participants: number): number => (participants > 7 ? 3 : 5);

export const searchPart = ({ full }: Asked): Measured => {
  const rows = (Object.keys(sizes) as Size[]).filter((size) => full || sizes[size] < 9).map((size) => measureSize(size, turnsOf(sizes[size])));
  const version = spinVersion();
  const seconds = (run: { readonly processorSeconds: number } | null): string => run?.processorSeconds.toFixed(2) ?? '-';
  const ratio = (inHundredths: number | null): string => (inHundredths === null ? '-' : ofHundredths(inHundredths));
  const table = rows.map(({ participants, rolecall, spin, ratioInHundredths, spinProcesses }) => [
    String(participants),
    grouped(rolecall.distinct),
    seconds(rolecall),
    grouped(rolecall.worldsPerSecond),
    `${grouped(rolecall.peakMegabytes)} MB`,
    grouped(rolecall.xstateSteps),
    seconds(spin),
    ratio(ratioInHundredths),
    spinProcesses === null ? '-' : grouped(spinProcesses.states),
    seconds(spinProcesses),
  ]);
  const head = ['participants', 'worlds', 's', 'worlds/s', 'peak', 'XState steps', 'SPIN, s', 'SPIN/rolecall', 'as processes, states', 's'];
  const otherHead = [
    'participants',
    'by the clock, s',
    'SPIN, s',
    'SPIN/rolecall',
    'a second time, s',
    'SPIN/rolecall',
    'from the model, s',
    'SPIN from the model, s',
  ];
  const others = rows.map(({ participants, rolecall, spin, again, againRatioInHundredths, clockRatioInHundredths, fromModel, spinFromModel }) => [
    String(participants),
    rolecall.seconds.toFixed(2),
    spin?.seconds.toFixed(2) ?? '-',
    ratio(clockRatioInHundredths),
    seconds(again),
    ratio(againRatioInHundredths),
    fromModel.toFixed(1),
    spinFromModel?.toFixed(1) ?? '-',
  ]);
  return {
    title: 'Two-phase commit, every world: processor seconds, medians of turns',
    lines: [
      ...tableOf([head, ...table]).split('\n'),
      '',
      ...tableOf([otherHead, ...others]).split('\n'),
      version === null ? 'SPIN is skipped: it or gcc is not installed (Debian: apt-get install spin gcc)' : `SPIN ${version}, gcc -O2`,
    ],
    numbers: { spin: version, rows },
  };
};
