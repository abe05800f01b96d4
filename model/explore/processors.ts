import type { Random } from '../kernel/random.ts';
import type { ProcessorType } from '../protocol/scenario.ts';
import type { Instance } from '../world/system.ts';
import { exponentialMs } from './exponential.ts';

/** What waits for a processor, in order; the first is worked on while it is busy. */
export interface Queue<Job> {
  readonly host: string;
  waiting: { readonly role: string; readonly job: Job }[];
  busy: boolean;
}

/**
 * The processors of hosts. Each does one job after the other, first come, first served, and a step of a role happens when
 * its job is done: so what one program of a host does delays the others.
 */
export class Processors<Job> {
  private readonly type: ProcessorType;
  private readonly random: Random;
  private readonly queues = new Map<string, Queue<Job>>();

  constructor(type: ProcessorType, random: Random) {
    this.type = type;
    this.random = random;
  }

  /** The queue before the processor that works for a role instance; null where its steps take no time. */
  of({ hostName, role: { name } }: Instance): Queue<Job> | null {
    if ((this.type.workMs[name] ?? 0) === 0) return null;
    const key = this.type.each === 'role' ? `${hostName} ${name}` : hostName;
    const queue = this.queues.get(key) ?? { host: hostName, waiting: [], busy: false };
    this.queues.set(key, queue);
    return queue;
  }

  /** Begins the first job that still means something. Milliseconds until it is done; null where none is left. */
  begin(queue: Queue<Job>, isPossible: (job: Job) => boolean): number | null {
    const first = queue.waiting.findIndex(({ job }) => isPossible(job));
    queue.waiting = first < 0 ? [] : queue.waiting.slice(first);
    const [next] = queue.waiting;
    queue.busy = next !== undefined;
    if (next === undefined) return null;
    const workMs = this.type.workMs[next.role] ?? 0;
    return this.type.spread === 'exponential' ? exponentialMs(this.random, workMs) : workMs;
  }

  /** A host crashes, and what its processors were at is gone. */
  forget(host: string): void {
    for (const [key, queue] of this.queues)
      if (queue.host === host) {
        queue.waiting = [];
        this.queues.delete(key);
      }
  }
}
