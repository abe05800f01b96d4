import { randomBytes } from 'node:crypto';
import { ticked } from '../../model/live/clock.ts';
import type { LifeEvent, LogLine } from '../../model/live/log.ts';
import { mergedLines } from '../../model/live/merge.ts';
import { pastOf } from '../../model/live/past.ts';
import type { Cast } from './cast.ts';
import { Child } from './child.ts';
import { HostFiles } from './host-files.ts';
import type { Plan } from './plan.ts';

type Pair = readonly [string, string];

/** The host processes of a run, and the files that they leave. */
export class Troupe {
  /** Hosts that were killed and have not started again. */
  readonly crashed: string[] = [];
  private readonly cast: Cast;
  private readonly folder: string;
  private readonly speed: number;
  private readonly threw: (error: string) => void;
  private readonly token = randomBytes(16).toString('hex');
  private readonly children = new Map<string, Child>();
  private readonly left = new Set<string>();

  constructor(cast: Cast, { folder, speed }: { readonly folder: string; readonly speed: number }, threw: (error: string) => void) {
    this.cast = cast;
    this.folder = folder;
    this.speed = speed;
    this.threw = threw;
  }

  get up(): readonly string[] {
    return [...this.children.keys()];
  }

  /** Hosts that have not joined yet. */
  get off(): readonly string[] {
    return this.cast.head.hosts.filter((host) => !this.children.has(host) && !this.crashed.includes(host) && !this.left.has(host));
  }

  /** Links between hosts that are up. */
  get links(): readonly Pair[] {
    return this.cast.head.links.filter(([a, b]) => this.children.has(a) && this.children.has(b));
  }

  find(host: string): Child | undefined {
    return this.children.get(host);
  }

  child(host: string): Child {
    return this.children.get(host) as Child;
  }

  /** Who ended though nobody ended it, and how. */
  get died(): { readonly host: string; readonly how: string } | null {
    for (const [host, { died }] of this.children) if (died !== null) return { host, how: died };
    return null;
  }

  /** At first all hosts that are not off listen, then link up, then start. */
  async start(): Promise<void> {
    const { first } = this.cast;
    await Promise.all(first.map((host) => this.fork(host, 'start')));
    await Promise.all(
      first.map((host, at) => {
        const others = this.linked(host).filter((other) => first.includes(other));
        return this.child(host).link(this.portsOf(others.filter((other) => first.indexOf(other) > at)), others.length);
      }),
    );
    await Promise.all(first.map((host) => this.child(host).boot()));
  }

  async boot(host: string, how: 'join' | 'restart'): Promise<void> {
    const others = this.linked(host).filter((other) => this.children.has(other));
    const child = await this.fork(host, how);
    await child.linkAndBoot(this.portsOf(others), others.length);
  }

  /** `kill -9`. What a crash in the middle of a step left behind says so itself. */
  async end(host: string, type: 'crash' | 'leave' | 'crashDuringStep'): Promise<void> {
    await this.child(host).kill();
    this.children.delete(host);
    if (type !== 'crashDuringStep') this.note(host, { type });
    if (type === 'leave') this.left.add(host);
    else this.crashed.push(host);
  }

  /** All take no further step. */
  async stop(): Promise<void> {
    for (const child of this.children.values()) await child.stop();
  }

  async kill(): Promise<void> {
    for (const child of this.children.values()) await child.kill();
  }

  /** As {@link kill}, without waiting. */
  reap(): void {
    for (const child of this.children.values()) child.reap();
  }

  /** Writes down in a host's place what befell it. */
  note(host: string, event: LifeEvent): void {
    const files = new HostFiles(this.folder, host);
    files.mend();
    files.append([{ host, clock: ticked(pastOf(files.lines()).clock, host), event }]);
  }

  /** What all hosts have written down, after they have ended. */
  lines(): readonly LogLine[] {
    const linesOf = (host: string): readonly LogLine[] => {
      const files = new HostFiles(this.folder, host);
      files.mend();
      return files.lines();
    };
    return mergedLines(new Map(this.cast.head.hosts.map((host) => [host, linesOf(host)] as const)));
  }

  private linked(host: string): readonly string[] {
    return this.cast.head.links.flatMap(([a, b]) => (a === host ? [b] : b === host ? [a] : []));
  }

  private portsOf(hosts: readonly string[]): Readonly<Record<string, number>> {
    return Object.fromEntries(hosts.map((host) => [host, this.child(host).port]));
  }

  private async fork(host: string, how: Plan['how']): Promise<Child> {
    const child = new Child(host, (error) => this.threw(`${host}: ${error}`));
    this.children.set(host, child);
    const { cast, folder, token, speed } = this;
    await child.begin({ head: cast.head, host, seed: cast.random.fork(), folder, speed, token, how });
    return child;
  }
}
