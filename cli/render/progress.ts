import type { Progress } from '../../model/explore/report.ts';
import { counted, number, shortened } from './words.ts';

/** One line that says how a run goes on: runs, speed, what was seen, what is left. */
export const progressLine = (progress: Progress, seconds: number, width: number): string => {
  const { protocol, scenario, strategy, runs, ofRuns, steps, distinct, misses, rules } = progress;
  const left = runs === 0 || runs >= ofRuns ? '' : `, ${duration((seconds / runs) * (ofRuns - runs))} left`;
  const parts = [
    `${protocol}: ${number(runs)}/${number(ofRuns)} runs`,
    `${number(seconds > 0 ? steps / seconds : 0)} steps/s`,
    `${number(distinct)} states`,
    counted(misses, 'memo miss', 'memo misses'),
    `rules ${rules[0]}/${rules[1]}${left}`,
    `${scenario} (${strategy})`,
  ];
  return shortened(parts.join(' · '), width);
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
  private readonly line: LineDisplay;

  constructor(output: ProgressOutput) {
    this.line = new LineDisplay(output);
  }

  show(progress: Progress): void {
    this.line.show((seconds) => progressLine(progress, seconds, Number.MAX_SAFE_INTEGER));
  }

  clear(): void {
    this.line.clear();
  }
}
