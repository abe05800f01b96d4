import { type AnyActorLogic, type AnyActor, createActor } from 'xstate';
import { Interner } from '../../model/kernel/intern.ts';
import type { Value } from '../../model/kernel/value.ts';
import type { Call } from '../../model/live/surroundings.ts';

/** What a program rejects with is mostly an Error; a role is told its message. */
const reasonOf = (error: unknown): unknown => (error instanceof Error ? error.message : error);

/** The promises that live roles wait for: the real ones, called as XState calls them. */
export class Promises {
  private readonly calls = new Map<string, AnyActor>();
  /** Is told where an answer is nothing that a role can hold. */
  private readonly refuse: (error: string) => void;

  constructor(refuse: (error: string) => void) {
    this.refuse = refuse;
  }

  call(key: string, logic: AnyActorLogic, { src, input }: Call, settled: (how: 'done' | 'error', answer: Value) => void): void {
    const actor = createActor(logic, { input: input as never });
    const hear = (how: 'done' | 'error', answer: unknown): void => {
      if (this.calls.get(key) !== actor) return;
      this.calls.delete(key);
      try {
        new Interner().intern((answer ?? null) as Value);
      } catch (cause) {
        this.refuse(`${src} was ${how === 'done' ? 'done' : 'rejected'} with what no role can hold: ${(cause as Error).message}`);
        return;
      }
      settled(how, (answer ?? null) as Value);
    };
    this.calls.set(key, actor);
    actor.subscribe({ complete: () => hear('done', actor.getSnapshot().output), error: (reason: unknown) => hear('error', reasonOf(reason)) });
    actor.start();
  }

  /** Its state was left: the promise's signal is aborted, and what it still says is not heard. */
  abandon(key: string): void {
    const actor = this.calls.get(key);
    this.calls.delete(key);
    actor?.stop();
  }
}
