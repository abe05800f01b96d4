import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  assign,
  createActor,
  fromCallback,
  fromObservable,
  fromPromise,
  fromTransition,
  setup,
} from 'xstate';
import { RolecallError } from '../kernel/errors.ts';
import { checkMachine } from './check.ts';
import { endingEvent, invocationsOf } from './invocation.ts';
import { promise } from './role.ts';
import { pendingIn, Stepper } from './step.ts';

/** The promises that a real actor has called and nobody has settled, by what they were given. */
type Called = Map<string, { readonly resolve: (value: number) => void; readonly reject: (reason: unknown) => void }>;

const machineOver = (called: Called) =>
  setup({
    types: { context: {} as { readonly n: number; readonly heard: readonly string[] }, events: {} as { readonly type: 'go' | 'stop' | 'again' } },
    actors: {
      load: fromPromise<number, string>(
        ({ input, signal }) =>
          new Promise((resolve, reject) => {
            called.set(input, { resolve, reject });
            signal.addEventListener('abort', () => called.delete(input));
          }),
      ),
    },
    actions: {
      hear: assign({ heard: ({ context, event }) => [...context.heard, JSON.stringify(Object.entries(event).sort())].slice(-3) }),
      count: assign({ n: ({ context }) => context.n + 1 }),
    },
  }).createMachine({
    id: 'm',
    options: { maxIterations: 20 },
    context: { n: 0, heard: [] },
    initial: 'idle',
    // It is still pending when the machine comes to its end.
    invoke: { id: 'root', src: 'load', input: 'root 0', onDone: { actions: 'hear' }, onError: { actions: 'hear' } },
    on: { stop: '.idle' },
    states: {
      idle: {
        on: {
          go: [
            { guard: ({ context }) => context.n > 0, target: 'ended' },
            { target: 'both', actions: 'count' },
          ],
        },
      },
      both: {
        type: 'parallel',
        states: {
          left: {
            initial: 'asks',
            states: {
              asks: {
                invoke: {
                  id: 'left',
                  src: 'load',
                  input: ({ context }) => `left ${context.n}`,
                  onDone: { target: 'has', actions: 'hear' },
                  onError: 'asks2',
                },
                on: { again: { target: 'asks', reenter: true, actions: 'count' } },
              },
              // Nothing takes its answer, and its failure ends the machine.
              asks2: { invoke: { id: 'deaf', src: 'load', input: ({ context }) => `deaf ${context.n}` } },
              has: { type: 'final' },
            },
          },
          right: {
            // Stays where it is when it is answered: it settles once all the same.
            invoke: {
              id: 'right',
              src: 'load',
              input: ({ context }) => `right ${context.n}`,
              onDone: { actions: 'hear' },
              onError: { actions: ['hear', 'count'] },
            },
          },
        },
      },
      ended: { type: 'final' },
    },
  });

describe('a promise that a state invokes', () => {
  it('is answered, fails, and is given up as in a real actor', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(11), { maxLength: 25 }), async (draws) => {
        const called: Called = new Map();
        const real = createActor(machineOver(called));
        let failed = false;
        real.subscribe({ error: () => void (failed = true) });
        real.start();
        const stepper = new Stepper(machineOver(new Map()));
        let { snapshot, ...first } = stepper.start(null);
        const inputs = new Map(first.invoked.map(({ id, input }) => [id, input]));
        for (const draw of draws) {
          const pending = pendingIn(snapshot);
          // What the model waits for, with what it was given, is what the actor called and waits for.
          expect(new Map(pending.map((id) => [inputs.get(id), id]))).toEqual(
            new Map([...called.keys()].map((input) => [input, input.split(' ')[0]])),
          );
          const id = pending[draw % Math.max(1, pending.length)];
          let event: { type: string } = { type: (['go', 'stop', 'again'] as const)[draw % 3] as string };
          if (draw > 6 && id !== undefined) {
            const how = draw % 2 === 0 ? 'done' : 'error';
            const { name, value } = endingEvent(how, id, draw);
            event = { ...value, type: name };
            const { resolve, reject } = called.get(inputs.get(id) as string) as { resolve: (n: number) => void; reject: (n: number) => void };
            called.delete(inputs.get(id) as string);
            (how === 'done' ? resolve : reject)(draw);
            await new Promise((later) => setImmediate(later));
            seen.add(`${id} ${how}`);
          } else if (real.getSnapshot().status === 'active') real.send(event as never);
          if (failed) {
            expect(() => stepper.step(snapshot, event)).toThrow('the promise deaf failed');
            seen.add('failed');
            return;
          }
          const step = stepper.step(snapshot, event);
          // What ended, what was given up and what is asked now say together what is waited for: a live run goes by these.
          if (draw > 6 && id !== undefined) inputs.delete(id);
          for (const ended of step.stopped) inputs.delete(ended);
          for (const begun of step.invoked) inputs.set(begun.id, begun.input);
          snapshot = step.snapshot;
          expect([...inputs.keys()].sort()).toEqual(pendingIn(snapshot));
          const theirs = real.getSnapshot() as AnyMachineSnapshot;
          expect([snapshot.value, snapshot.context, snapshot.status]).toEqual([theirs.value, theirs.context, theirs.status]);
          seen.add(snapshot.status);
        }
      }),
      { numRuns: 400 },
    );
    expect([...seen].sort()).toEqual([
      'active',
      'deaf done',
      'deaf error',
      'done',
      'failed',
      'left done',
      'left error',
      'right done',
      'right error',
      'root done',
      'root error',
    ]);
  });

  it('that is entered and left in one step was never asked', () => {
    const machine = setup({ actors: { load: fromPromise(async () => 1) } }).createMachine({
      options: { maxIterations: 10 },
      initial: 'a',
      states: { a: { on: { go: 'b' } }, b: { invoke: { id: 'l', src: 'load' }, always: 'c' }, c: {} },
    });
    const stepper = new Stepper(machine);
    const step = stepper.step(stepper.start(null).snapshot, { type: 'go' });
    expect([step.invoked, pendingIn(step.snapshot)]).toEqual([[], []]);
  });

  it('opens no way to other actors', () => {
    const machine = setup({
      actors: { load: fromPromise(async () => 1) },
      types: { context: {} as { readonly n: unknown } },
    }).createMachine({
      options: { maxIterations: 10 },
      context: { n: 0 },
      initial: 'a',
      states: { a: { invoke: { id: 'l', src: 'load' } } },
      on: {
        spawn: { actions: assign({ n: ({ spawn }) => void spawn('load', { id: 'l2' }) }) },
        clock: { actions: assign({ n: ({ system }) => system.get('x') }) },
        send: { actions: assign({ n: ({ self }) => void self.send({ type: 'x' } as never) }) },
      },
    });
    const stepper = new Stepper(machine);
    const { snapshot } = stepper.start(null);
    expect(() => stepper.step(snapshot, { type: 'spawn' })).toThrow('a role spawned an actor');
    expect(() => stepper.step(snapshot, { type: 'clock' })).toThrow('a role touched system.get');
    expect(() => stepper.step(snapshot, { type: 'send' })).toThrow('a role touched self.send');
  });
});

describe('what a state invokes is refused', () => {
  const load = fromPromise(async () => 1);
  const declared = { load: promise({ doc: 'Loads.', done: [1] }) };
  const invoking = (invoke: object, actors: object = { load }): AnyStateMachine =>
    setup({ actors: actors as never }).createMachine({
      id: 'm',
      options: { maxIterations: 10 },
      initial: 'a',
      states: { a: { invoke: invoke as never } },
    });
  it.each<[string, AnyStateMachine, object, string, RegExp]>([
    ['where nobody says how it may end', invoking({ src: 'load' }), {}, 'PROMISE_UNDECLARED', /promises: \{ load: promise/],
    ['without a name', invoking({ src: load }), declared, 'INVOKE_UNNAMED', /setup\(\{ actors/],
    ['without an implementation', invoking({ src: 'lod' }), declared, 'ACTOR_UNKNOWN', /fromPromise/],
    ['where it is a callback', invoking({ src: 'load' }, { load: fromCallback(() => {}) }), declared, 'INVOKE_REFUSED', /role of its own/],
    [
      'where it is an observable',
      invoking({ src: 'load' }, { load: fromObservable(() => ({}) as never) }),
      declared,
      'INVOKE_REFUSED',
      /role of its own/,
    ],
    [
      'where it is a reducer',
      invoking({ src: 'load' }, { load: fromTransition((n: number) => n, 0) }),
      declared,
      'INVOKE_REFUSED',
      /role of its own/,
    ],
    ['where it is a machine', invoking({ src: 'load' }, { load: setup({}).createMachine({}) }), declared, 'INVOKE_REFUSED', /role of its own/],
    ['where it is watched on its way', invoking({ src: 'load', onSnapshot: {} }), declared, 'INVOKE_REFUSED', /onDone/],
    ['where others could look it up', invoking({ src: 'load', systemId: 'l' }), declared, 'INVOKE_REFUSED', /systemId/],
  ])('%s', (_, machine, promises, code, advice) => {
    let error: unknown;
    try {
      checkMachine(machine, promises as never);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(RolecallError);
    expect(error).toMatchObject({ code, place: 'm.a, invoke', advice: expect.stringMatching(advice) });
  });

  it('and not where it is a promise by name, with its answers', () => {
    expect(() => checkMachine(invoking({ src: 'load' }), declared)).not.toThrow();
    expect(invocationsOf(invoking({ src: 'load' }))).toEqual([{ id: '0.m.a', src: 'load' }]);
  });
});
