import { type MachineContext, enqueueActions } from 'xstate';
import type { Effect, Message } from '../../model/role/effect.ts';

/** What a mutant's action reads. */
interface Given<Context> {
  readonly context: Context;
  readonly event: unknown;
  readonly enqueue: { readonly assign: (to: never) => void; readonly emit: (effect: never) => void };
}

/** An action for a mutant, in place of a named one: it changes the context and emits effects, in order. */
export const actsInstead = <Context extends MachineContext, Event = unknown>(
  does: (context: Context, event: Event) => { readonly context?: Context; readonly effects?: readonly Effect<Message>[] },
) =>
  enqueueActions(({ context, event, enqueue }: Given<Context>) => {
    const done = does(context, event as Event);
    if (done.context !== undefined) enqueue.assign(done.context as never);
    for (const effect of done.effects ?? []) enqueue.emit(effect as never);
  });
