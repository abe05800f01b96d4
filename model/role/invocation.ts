import type { AnyStateMachine } from 'xstate';
import type { Value } from '../kernel/value.ts';
import { nodesOf } from './nodes.ts';

/** Where a machine invokes what: ids are XState's, unique within the machine. */
export interface Invocation {
  readonly id: string;
  readonly src: string;
}

/** All that a machine invokes, in document order. */
export const invocationsOf = (machine: AnyStateMachine): readonly Invocation[] =>
  nodesOf(machine).flatMap((node) => node.invoke.map(({ id, src }): Invocation => ({ id, src: String(src) })));

const ended = /^xstate\.(done|error)\.actor\.(.+)$/s;

/** How a promise ended, by the name of XState's event; null where the event is another. */
export const endingOf = (event: string): { readonly how: 'done' | 'error'; readonly id: string } | null => {
  const [, how, id] = ended.exec(event) ?? [];
  return id === undefined ? null : { how: how as 'done' | 'error', id };
};

/** The event by which XState tells a machine that what it invoked has ended, in its name and its fields. */
export const endingEvent = (how: 'done' | 'error', actorId: string, value: Value) => ({
  name: `xstate.${how}.actor.${actorId}`,
  value: { actorId, [how === 'done' ? 'output' : 'error']: value },
});
