import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Start } from '../../model/explore/exhaustive/parallel/crew.ts';
import { Expander } from '../../model/explore/exhaustive/parallel/expander.ts';
import * as memory from '../../model/explore/exhaustive/parallel/memory.ts';

/** The entry of a thread that searches beside the main one. It loads no protocol: it is told what it has to know. */

/** What a thread is given. */
export interface Orders {
  readonly thread: number;
  readonly start: Start;
  /** How many threads wait for something to do. */
  readonly ready: Int32Array;
  readonly news: MessagePort;
}

const { thread, start, ready, news } = workerData as Orders;
const { control } = start.memory;
const expander = new Expander(thread, start);

const hearAll = (): void => {
  for (let next = receiveMessageOnPort(news); next !== undefined; next = receiveMessageOnPort(news)) expander.hear(next.message as memory.News);
};

Atomics.add(ready, 0, 1);
for (let turn = 0; ; ) {
  turn = memory.waitForOther(control, memory.turnAt, turn);
  if (control[memory.taskAt] === memory.endTask) break;
  try {
    hearAll();
    expander.expandAll();
  } catch (cause) {
    // The main thread, which waits, ends the search with it.
    news.postMessage(cause instanceof Error ? cause : new Error(String(cause)));
    Atomics.store(control, memory.failedAt, 1);
  }
  Atomics.add(control, memory.doneAt, 1);
  Atomics.notify(control, memory.doneAt);
}
news.close();
