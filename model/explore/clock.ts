/** A host's clock: what it showed at some moment, and the rate at which it has run since. */
export class Clock {
  private readonly sinceMs: number;
  private readonly shownMs: number;
  private readonly perMille: number;

  /** @param perMille - Thousandths of true time; 1000 is a true clock. */
  constructor(sinceMs: number, shownMs: number, perMille: number) {
    this.sinceMs = sinceMs;
    this.shownMs = shownMs;
    this.perMille = perMille;
  }

  /** What it shows at a moment of virtual time, in milliseconds. */
  read(nowMs: number): number {
    return this.shownMs + Math.floor(((nowMs - this.sinceMs) * this.perMille) / 1000);
  }

  /** How long a timer of so many milliseconds really takes. One that runs already keeps its due time when the rate changes. */
  lasting(delayMs: number): number {
    return Math.ceil((delayMs * 1000) / this.perMille);
  }

  /** The clock that shows the same now, and runs at another rate from now on. */
  at(nowMs: number, perMille: number): Clock {
    return new Clock(nowMs, this.read(nowMs), perMille);
  }
}
