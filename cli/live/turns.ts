/** When a host takes its next step: at once, but not while it waits for somebody, and one step after the other. */
export class Turns {
  private readonly blocked = new Set<string>();
  private readonly later: (() => void)[] = [];
  private readonly next: () => void;
  private readonly hasWork: () => boolean;
  private isScheduled = false;
  private hasStopped = false;

  /** @param next handles what waits; @param hasWork whether something does. */
  constructor(next: () => void, hasWork: () => boolean) {
    this.next = next;
    this.hasWork = hasWork;
  }

  /** Runs at once, or when nobody has to be waited for any more. */
  whenFree(run: () => void): void {
    if (this.blocked.size > 0) this.later.push(run);
    else if (!this.hasStopped) run();
    this.schedule();
  }

  waitFor(whom: string): void {
    this.blocked.add(whom);
  }

  goOn(whom: string): void {
    this.blocked.delete(whom);
    while (this.blocked.size === 0 && this.later.length > 0) this.whenFree(this.later.shift() as () => void);
    this.schedule();
  }

  /** What happens from now on is no part of the run. */
  stop(): void {
    this.hasStopped = true;
  }

  get isOver(): boolean {
    return this.hasStopped;
  }

  /** Sockets and timers have their turn between two steps. */
  schedule(): void {
    if (this.isScheduled || this.hasStopped || this.blocked.size > 0 || !this.hasWork()) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      if (this.blocked.size === 0 && !this.hasStopped) this.next();
      this.schedule();
    });
  }
}
