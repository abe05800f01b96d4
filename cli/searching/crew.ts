import { join } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Crew, Start } from '../../model/explore/exhaustive/parallel/crew.ts';
import { type News, shared } from '../../model/explore/exhaustive/parallel/memory.ts';
import { packageRoot } from '../package-root.ts';
import type { Orders } from './thread.ts';

const entry = join(packageRoot, 'dist', 'cli', 'searching', 'thread.js');

/** Threads that search beside this one. News are posted before a batch begins, so each thread finds them when it is woken. */
export class Threads implements Crew {
  readonly size: number;
  private readonly ready = shared(1);
  private readonly ports: MessagePort[] = [];
  private fault: Error | null = null;

  /** @param size how many, this one not counted. */
  constructor(size: number) {
    this.size = size;
  }

  begin(start: Start): void {
    for (let thread = 1; thread <= this.size; thread++) {
      const { port1, port2 } = new MessageChannel();
      const orders: Orders = { thread, start, ready: this.ready, news: port2 };
      const worker = new Worker(entry, { workerData: orders, transferList: [port2] });
      worker.on('error', (fault) => {
        this.fault = fault;
      });
      // A search that ends early need not wait for it.
      worker.unref();
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

  end(): void {
    for (const port of this.ports) port.close();
  }
}
