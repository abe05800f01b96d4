import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { RolecallError } from '../../model/kernel/errors.ts';
import type { Order, Plan, Report } from './plan.ts';
import type { Clock } from '../../model/live/clock.ts';
import type { RoleChange } from '../../model/live/software.ts';

/** The compiled file stands beside this one, as this one does in the sources. */
const entry = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './process.ts' : './process.js', import.meta.url));

/** A host process answers within this time, or something is wrong with it. */
const patienceMs = 20_000;

/** The driver's end of a host process. */
export class Child {
  port = 0;
  private readonly host: string;
  private readonly process: ChildProcess;
  private readonly waiting: { readonly did: Report['did']; readonly hear: (report: Report) => void; readonly fail: (error: Error) => void }[] = [];
  private readonly reports: Report[] = [];
  private isEnding = false;
  private hasEnded = false;
  /** Why it ended, where nobody ended it. */
  died: string | null = null;
  private readonly ended: Promise<void>;
  /** No process is left behind, however this one ends. */
  readonly reap = (): void => {
    this.process.kill('SIGKILL');
  };

  constructor(host: string, threw: (error: string) => void) {
    this.host = host;
    // In a group of its own, so that Ctrl-C reaches the driver alone; when that ends, however it does, its hosts end too.
    this.process = fork(entry, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [], detached: true });
    process.on('exit', this.reap);
    this.process.on('message', (report: Report) => {
      if (report.did === 'throw') threw(report.error);
      else this.hear(report);
    });
    this.ended = new Promise((resolve) => {
      this.process.once('exit', (code, signal) => {
        this.hasEnded = true;
        if (!this.isEnding) this.died = signal === null ? `with exit code ${code}` : `by ${signal}`;
        process.off('exit', this.reap);
        for (const { fail } of this.waiting.splice(0)) fail(this.lost('ended'));
        resolve();
      });
    });
    // What it is told while it dies does not arrive; whoever waits for an answer hears that it has ended.
    this.process.on('error', () => {});
  }

  private lost(what: string): RolecallError {
    return new RolecallError({
      kind: 'limit',
      code: 'LIVE_PROCESS',
      message: `the process of ${this.host} ${what}`,
      place: this.host,
      advice: 'What it wrote to standard error says why; otherwise run it again, with fewer hosts or more time.',
    });
  }

  private hear(report: Report): void {
    const at = this.waiting.findIndex(({ did }) => did === report.did);
    if (at < 0) this.reports.push(report);
    else this.waiting.splice(at, 1)[0]?.hear(report);
  }

  private tell(order: Order): void {
    if (!this.hasEnded && this.process.connected) this.process.send(order, () => {});
  }

  private answer<D extends Report['did']>(did: D): Promise<Extract<Report, { did: D }>> {
    const at = this.reports.findIndex((report) => report.did === did);
    const early = at < 0 ? undefined : this.reports.splice(at, 1)[0];
    if (early !== undefined) return Promise.resolve(early as Extract<Report, { did: D }>);
    if (this.hasEnded) return Promise.reject(this.lost('has ended'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(this.lost(`did not ${did} within ${patienceMs / 1000} s`)), patienceMs);
      const settled = (run: () => void): void => {
        clearTimeout(timer);
        run();
      };
      this.waiting.push({
        did,
        hear: (report) => settled(() => resolve(report as Extract<Report, { did: D }>)),
        fail: (error) => settled(() => reject(error)),
      });
    });
  }

  async begin(plan: Plan): Promise<void> {
    await this.answer('ready');
    this.tell({ do: 'plan', plan });
    this.port = (await this.answer('listen')).port;
  }

  async link(ports: Readonly<Record<string, number>>, awaits: number): Promise<void> {
    this.tell({ do: 'link', ports, awaits });
    await this.answer('link');
  }

  async boot(): Promise<void> {
    this.tell({ do: 'boot' });
    await this.answer('boot');
  }

  /** A host that joins or restarts starts as soon as its neighbours have welcomed it. */
  async linkAndBoot(ports: Readonly<Record<string, number>>, awaits: number): Promise<void> {
    this.tell({ do: 'link', ports, awaits });
    await this.answer('boot');
  }

  async act(allowed: readonly string[]): Promise<string | null> {
    this.tell({ do: 'act', allowed });
    return (await this.answer('act')).taken;
  }

  /** It stops in the middle of a step, if one comes soon. */
  async crash(allowed: readonly string[]): Promise<Extract<Report, { did: 'crash' }>> {
    this.tell({ do: 'crash', allowed });
    return this.answer('crash');
  }

  /** One of its roles stops or starts, while all others wait; `known` is what they knew. */
  async change(change: RoleChange, role: string, known: Clock): Promise<void> {
    this.tell({ do: 'change', change, role, known });
    await this.answer('change');
  }

  /** One of its stored values is damaged. Which one; null where none is stored. */
  async corrupt(): Promise<string | null> {
    this.tell({ do: 'corrupt' });
    return (await this.answer('corrupt')).damaged;
  }

  skew(perMille: number): void {
    this.tell({ do: 'skew', perMille });
  }

  pause(forMs: number): void {
    this.tell({ do: 'pause', forMs });
  }

  lose(): void {
    this.tell({ do: 'lose' });
  }

  double(): void {
    this.tell({ do: 'double' });
  }

  /** Takes no step until told to go on; what it knew then. */
  async wait(): Promise<Clock> {
    this.tell({ do: 'wait' });
    return (await this.answer('wait')).clock;
  }

  goOn(): void {
    this.tell({ do: 'go' });
  }

  /** Its connections to these hosts close. */
  async cut(hosts: readonly string[]): Promise<void> {
    this.tell({ do: 'cut', hosts });
    await this.answer('cut');
  }

  /** It connects with these hosts again. */
  async mend(ports: Readonly<Record<string, number>>): Promise<void> {
    this.tell({ do: 'mend', ports });
    await this.answer('mend');
  }

  mute(hosts: readonly string[]): void {
    this.tell({ do: 'mute', hosts });
  }

  hold(host: string, isHeld: boolean): void {
    this.tell({ do: isHeld ? 'hold' : 'release', host });
  }

  /** Takes no further step. */
  async stop(): Promise<void> {
    if (this.hasEnded || this.isEnding) return;
    this.tell({ do: 'stop' });
    await this.answer('stop');
  }

  /** kill -9, and waits until it is gone. */
  async kill(): Promise<void> {
    this.isEnding = true;
    if (!this.hasEnded) this.process.kill('SIGKILL');
    await this.ended;
  }
}
