import { twoPhaseCommitCounts } from '../properties/reference/counts.ts';
import { apart } from './apart.ts';
import type { Asked } from './asked.ts';
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
};

type Turn = { readonly rolecall: Searched; readonly spin: Spun | null; readonly spinProcesses: Spun | null };

const middle = <Run extends { readonly processorSeconds: number }>(runs: readonly (Run | null)[]): Run | null => {
  const ran = runs.filter((run): run is Run => run !== null).sort((a, b) => a.processorSeconds - b.processorSeconds);
  return ran[ran.length >> 1] ?? null;
};

/** SPIN tells large numbers by their first digits. */
const told = (count: number): number => (count < 1e8 ? count : Number(count.toPrecision(7)));

/** Every tool in turn, so that all have the same machine. As processes, SPIN stores millions of wide states from eight on. */
const measureSize = (size: Size, turns: number): SearchRow => {
  const participants = sizes[size];
  const isThere = spinVersion() !== null;
  const models = participants > 7 ? [oneProcess] : [oneProcess, processes];
  const checkers = isThere ? models.map((model) => checkerOf(model, participants)) : [];
  const taken = Array.from({ length: turns }, (): Turn => {
    const rolecall = apart<Searched>('search', 'two-phase-commit', size);
    const [spin = null, spinProcesses = null] = checkers.map(({ run }) => run());
    return { rolecall, spin, spinProcesses };
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
    ratioInHundredths: isThere
      ? Math.round(medianOf(taken.map(({ rolecall, spin }) => (100 * (spin?.processorSeconds ?? 0)) / rolecall.processorSeconds)))
      : null,
    spinProcesses: middle(taken.map(({ spinProcesses }) => spinProcesses)),
  };
};

const turnsOf = (participants: number): number => (participants > 7 ? 3 : 5);

export const searchPart = ({ full }: Asked): Measured => {
  const rows = (Object.keys(sizes) as Size[]).filter((size) => full || sizes[size] < 9).map((size) => measureSize(size, turnsOf(sizes[size])));
  const version = spinVersion();
  const seconds = (run: { readonly processorSeconds: number } | null): string => run?.processorSeconds.toFixed(2) ?? '-';
  const table = rows.map(({ participants, rolecall, spin, ratioInHundredths, spinProcesses }) => [
    String(participants),
    grouped(rolecall.distinct),
    seconds(rolecall),
    grouped(rolecall.worldsPerSecond),
    `${grouped(rolecall.peakMegabytes)} MB`,
    grouped(rolecall.xstateSteps),
    seconds(spin),
    ratioInHundredths === null ? '-' : ofHundredths(ratioInHundredths),
    spinProcesses === null ? '-' : grouped(spinProcesses.states),
    seconds(spinProcesses),
  ]);
  const head = ['participants', 'worlds', 's', 'worlds/s', 'peak', 'XState steps', 'SPIN, s', 'SPIN/rolecall', 'as processes, states', 's'];
  return {
    title: 'Two-phase commit, every world: processor seconds, medians of turns',
    lines: [
      ...tableOf([head, ...table]).split('\n'),
      version === null ? 'SPIN is skipped: it or gcc is not installed (Debian: apt-get install spin gcc)' : `SPIN ${version}, gcc -O2`,
    ],
    numbers: { spin: version, rows },
  };
};
