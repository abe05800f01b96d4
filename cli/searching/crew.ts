import { join } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Crew, Start } from '../../model/explore/exhaustive/parallel/crew.ts';
import { type News, shared } from '../../model/explore/exhaustive/parallel/memory.ts';
import { packageRoot } from '../package-root.ts';
import { isOfNode } from '../threads.ts';
import type { Orders } from './thread.ts';

const entry = join(packageRoot, 'dist', 'cli', 'searching', 'thread.js');

/** A thread has a few dozen worlds to expand when it is waited for, which takes milliseconds. */
const usualPatienceMs = 30_000;

/** Threads that search beside this one. News are posted before a batch begins, so each thread finds them when it is woken. */
export class Threads implements Crew {
  readonly size: number;
  readonly patienceMs: number;
  protected readonly workers: Worker[] = [];
  private readonly ready = shared(1);
  private readonly ports: MessagePort[] = [];
  private gone = 0;
  private isOver = false;
  private fault: unknown = null;

  /** @param size how many, this one not counted. */
  constructor(size: number, patienceMs = usualPatienceMs) {
    this.size = size;
    this.patienceMs = patienceMs;
  }

  begin(start: Start): void {
    for (let thread = 1; thread <= this.size; thread++) {
      const { port1, port2 } = new MessageChannel();
      const orders: Orders = { thread, start, ready: this.ready, news: port2 };
      const worker = new Worker(entry, { workerData: orders, transferList: [port2] });
      // Node ends one that has no memory left; what else goes wrong is a defect.
      worker.on('error', (fault) => {
        if (!isOfNode(fault)) this.fault ??= fault;
      });
      worker.on('exit', () => {
        if (!this.isOver) this.gone++;
      });
      // A search that ends early need not wait for it.
      worker.unref();
      this.workers.push(worker);
      this.ports.push(port1);
    }
  }

  isReady(): boolean {
    if (this.fault !== null) throw this.fault;
    return Atomics.load(this.ready, 0) === this.size;
  }

  tell(news: News): void {
    for (const port of this.ports) port.postMessage(news);
  }

  lost(): number {
    if (this.fault !== null) throw this.fault;
    return this.gone;
  }

  thrown(): unknown {
    for (const port of this.ports) {
      const said = receiveMessageOnPort(port);
      if (said !== undefined) return said.message;
    }
    return new Error('a thread of the search failed');
  }

  end(): void {
    this.isOver = true;
    for (const port of this.ports) port.close();
  }
}
