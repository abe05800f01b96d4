import { assign, emit, raise, setup, and, not } from 'xstate';
import type { Effect, Message } from '../../model/role/effect.ts';
import type { Rule } from '../../model/role/rule.ts';

/** A machine with everything that a picture must show, for the tests of this folder: no protocol of its own. */
export const sampleMachine = setup({
  types: {
    context: {} as { readonly tries: number },
    events: {} as { type: 'offer' | 'answer' | 'refuse' | 'tick' | 'stop' | 'reset' | 'ask'; from: string },
    emitted: {} as Effect<Message>,
    meta: {} as Rule,
  },
  delays: { retryMs: 2_000, patienceMs: ({ context }) => context.tries },
  guards: { isFresh: () => true, isKnown: () => false, isFreshOrOld: and(['isFresh', not('isKnown')]) },
  actions: {
    remember: assign({ tries: ({ context }) => context.tries + 1 }),
    ask: emit({ type: 'broadcast', message: { type: 'ask' } }),
    reply: emit(() => ({ type: 'reply' as const, message: { type: 'answer' } })),
    wake: raise({ type: 'tick', from: '' }),
  },
}).createMachine({
  id: 'sample',
  context: { tries: 0 },
  type: 'parallel',
  states: {
    service: {
      description: 'Serves whoever asks.',
      initial: 'closed',
      states: {
        closed: { description: 'Refuses.', on: { reset: { target: 'open', meta: { rule: 'S-1', source: 'Sample, 1' } } } },
        open: {
          entry: 'ask',
          exit: ['remember', 'wake'],
          on: {
            ask: { actions: 'reply', meta: { rule: 'S-2', source: 'Sample, 2', says: 'Every question is answered.' } },
            stop: { target: 'closed', meta: { rule: 'S-3', source: 'Sample, 3' } },
          },
        },
      },
    },
    sync: {
      initial: 'idle',
      on: { reset: { target: '.idle', meta: { rule: 'S-4', source: 'Sample, 4' } } },
      states: {
        idle: {
          tags: 'rest',
          on: {
            offer: [
              { guard: 'isFreshOrOld', target: 'fetching', actions: ['remember', 'ask'], meta: { rule: 'S-5', source: 'Sample, 5' } },
              { guard: 'isFresh', target: 'fetching.bodies', meta: { rule: 'S-6', source: 'Sample, 5' } },
              { target: 'done', meta: { rule: 'S-7', source: 'Sample, 5' } },
            ],
          },
        },
        fetching: {
          description: 'Asks for headers, then for bodies.',
          initial: 'headers',
          after: { patienceMs: { target: 'idle', meta: { rule: 'S-8', source: 'Sample, 6' } } },
          on: { refuse: { target: 'idle', actions: 'remember', meta: { rule: 'S-9', source: 'Sample, 6' } } },
          onDone: { target: 'done', meta: { rule: 'S-10', source: 'Sample, 6' } },
          states: {
            headers: {
              entry: 'ask',
              on: { answer: { guard: 'isKnown', target: 'bodies', actions: 'remember', meta: { rule: 'S-11', source: 'Sample, 7' } } },
              after: { retryMs: { target: 'headers', reenter: true, meta: { rule: 'S-12', source: 'Sample, 7' } } },
            },
            bodies: {
              on: { answer: { target: 'checked', meta: { rule: 'S-13', source: 'Sample, 7' } } },
              always: { guard: 'isKnown', target: 'headers', meta: { rule: 'S-14', source: 'Sample, 7' } },
            },
            checked: { type: 'final' },
          },
        },
        done: { type: 'final' },
      },
    },
  },
});
