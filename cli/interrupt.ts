import { exitCodes } from './exit.ts';

/** Ctrl-C, a request to end, or a terminal that is closed. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ctrl-C: the first asks to stop, and what was found so far is told; the second ends at once. */
export class Interrupts {
  private count = 0;
  private readonly stop: () => void;
  private readonly listener = (): void => {
    this.count += 1;
    if (this.count > 1) process.exit(exitCodes.interrupted);
    this.stop();
    process.stderr.write('\nStopping; what was found so far follows. Once more ends at once.\n');
  };

  /** @param stop is called by the first, for those who are not asked on this thread. */
  constructor(stop: () => void = () => {}) {
    this.stop = stop;
  }

  get stopped(): boolean {
    return this.count > 0;
  }

  listen(): void {
    for (const signal of signals) process.on(signal, this.listener);
  }

  leave(): void {
    for (const signal of signals) process.off(signal, this.listener);
  }
}

/** Lets signals and writes through. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
