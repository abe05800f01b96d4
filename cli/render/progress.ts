import type { Progress } from '../../model/explore/report.ts';
import { counted, number, shortened } from './words.ts';

/** How much there is to do and to see in a run. */
export interface ProgressOf {
  readonly runs: number;
  readonly rules: number;
}

/** One line that says how a run goes on: runs, speed, what was seen, what is left; `last` is what was heard of last. */
export const progressLine = (all: readonly Progress[], last: Progress, of: ProgressOf, seconds: number): string => {
  const total = (count: (one: Progress) => number): number => all.reduce((sum, one) => sum + count(one), 0);
  const runs = total((one) => one.runs);
  const steps = total((one) => one.steps);
  const fired = new Set(all.flatMap((one) => one.fired.map((rule) => `${one.protocol} ${rule}`)));
  const left = runs === 0 || runs >= of.runs ? '' : `, ${duration((seconds / runs) * (of.runs - runs))} left`;
  return [
    `${number(runs)}/${number(of.runs)} runs`,
    `${number(seconds > 0 ? steps / seconds : 0)} steps/s`,
    `${number(total((one) => one.distinct))} states`,
    counted(
      total((one) => one.misses),
      'memo miss',
      'memo misses',
    ),
    `rules ${fired.size}/${of.rules}${left}`,
    `${last.protocol}, ${last.scenario} (${last.strategy})`,
  ].join(' · ');
};

/** `12 s`, `3 min 20 s`. */
export const duration = (seconds: number): string => {
  const whole = Math.max(0, Math.ceil(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min${whole % 60 === 0 ? '' : ` ${whole % 60} s`}`;
};

/** Where progress is written, and what time it is; given, so that it can be tested. */
export interface ProgressOutput {
  readonly write: (text: string) => unknown;
  readonly terminal: boolean;
  readonly width: number;
  readonly now: () => number;
}

/** Shows one line: on a terminal it is rewritten, elsewhere a plain line is written every ten seconds. */
export class LineDisplay {
  private readonly output: ProgressOutput;
  private readonly start: number;
  private last: number;
  private drawn = false;

  constructor(output: ProgressOutput) {
    this.output = output;
    this.start = output.now();
    this.last = this.start;
  }

  show(lineAfter: (seconds: number) => string): void {
    const { now, terminal, width, write } = this.output;
    const time = now();
    if (time - this.last < (terminal ? 100 : 10_000)) return;
    this.last = time;
    const line = shortened(lineAfter((time - this.start) / 1000), terminal ? width - 1 : 200);
    write(terminal ? `\r\u001b[2K${line}` : `${line}\n`);
    this.drawn = terminal;
  }

  /** Takes the rewritten line away. */
  clear(): void {
    if (this.drawn) this.output.write('\r\u001b[2K');
    this.drawn = false;
  }
}

/** Shows how random runs go on. */
export class ProgressDisplay {
  readonly of: ProgressOf;
  private readonly line: LineDisplay;
  /** What was last heard of each job. */
  private readonly jobs = new Map<number, Progress>();

  constructor(output: ProgressOutput, of: ProgressOf) {
    this.line = new LineDisplay(output);
    this.of = of;
  }

  show(job: number, progress: Progress): void {
    this.jobs.set(job, progress);
    this.line.show((seconds) => progressLine([...this.jobs.values()], progress, this.of, seconds));
  }

  clear(): void {
    this.line.clear();
  }
}
