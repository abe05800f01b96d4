import { exitCodes } from './exit.ts';

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
    process.on('SIGINT', this.listener);
    process.on('SIGTERM', this.listener);
  }

  leave(): void {
    process.off('SIGINT', this.listener);
    process.off('SIGTERM', this.listener);
  }
}

/** Lets signals and writes through. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
