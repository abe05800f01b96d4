import type { Processor } from '../domain.ts';
import { failure } from '../service.ts';
import { changes, emits, isOf, type ServerEvent, type Work, when, workOf } from './vocabulary.ts';

/** Requests that wait for a processor which does one thing at a time. */

const named = (event: ServerEvent): ((work: Work) => boolean) =>
  event.type === 'Request' || event.type === 'Cancel' ? isOf(event.from, event.id) : () => false;

export const queueing = (processor: Processor) => ({
  guards: {
    isQueued: when(({ queue }, event) => queue.some(named(event))),
    /** What is worked on is not stopped any more. */
    waitsInQueue: when(({ queue }, event) => queue.slice(1).some(named(event))),
    isFull: when(({ queue }) => queue.length >= processor.queue),
    hasQueued: when(({ queue }) => queue.length > 0),
  },
  actions: {
    sayBusy: emits((_, event) =>
      event.type === 'Request' ? [{ type: 'reply', message: { type: 'Response', id: event.id, result: failure('busy') } }] : [],
    ),
    enqueue: changes((context, event) => ({ queue: [...context.queue, workOf(context, event)] })),
    unqueue: changes(({ queue }, event) => ({ queue: queue.filter((work, at) => at === 0 || !named(event)(work)) })),
    dequeue: changes(({ queue }) => ({ queue: queue.slice(1) })),
  },
});
