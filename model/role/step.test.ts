import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnyMachineSnapshot, assign, cancel, emit, enqueueActions, initialTransition, raise, setup, transition } from 'xstate';
import type { Effect } from './effect.ts';
import { type StepOutcome, Stepper } from './step.ts';

/** Everything that roles may use: parallel and nested states, delays, always, both kinds of history, raised events. */
const machine = setup({
  types: {
    context: {} as { readonly count: number; readonly log: readonly string[] },
    events: {} as { readonly type: 'go' | 'back' | 'deep' | 'tick' | 'reset' | 'flip' | 'stop' | 'resume' | 'chain'; readonly by?: number },
    emitted: {} as Effect,
  },
  delays: { shortMs: 10, longMs: ({ context }) => 100 + context.count },
  guards: { isOdd: ({ context }) => context.count % 2 === 1, isLarge: ({ context }) => context.count >= 5 },
  actions: {
    add: assign({ count: ({ context, event }) => context.count + (event.by ?? 1) }),
    note: assign({ log: ({ context, event }) => [...context.log.slice(-3), event.type] }),
    say: emit(({ context }) => ({ type: 'broadcast', message: { type: 'Said', count: context.count } })),
    maybe: enqueueActions(({ context, enqueue, check }) => {
      if (check('isOdd' as never)) enqueue.emit({ type: 'sync' });
      if (context.count > 3) enqueue.assign({ count: 0 });
      enqueue('note' as never);
      enqueue.raise({ type: 'flip' });
    }),
    raiseChain: raise({ type: 'chain' }),
    calm: cancel('xstate.after.longMs.sample.work.busy'),
  },
}).createMachine({
  id: 'sample',
  type: 'parallel',
  options: { maxIterations: 50 },
  context: { count: 0, log: [] },
  states: {
    work: {
      initial: 'idle',
      entry: 'say',
      states: {
        idle: { on: { go: { target: 'busy', actions: ['add', 'say'] } }, after: { shortMs: { target: 'busy', actions: 'note' } } },
        busy: {
          initial: 'one',
          entry: 'note',
          exit: ['say', 'note'],
          after: { longMs: 'idle', shortMs: { guard: 'isOdd', actions: 'add' } },
          on: { back: 'idle', reset: { target: 'busy', reenter: true }, tick: { actions: 'maybe' }, stop: { actions: 'calm' } },
          states: {
            one: { on: { deep: 'two' }, always: { guard: 'isLarge', target: 'three' } },
            two: { initial: 'x', states: { x: { on: { deep: 'y' } }, y: { entry: 'raiseChain' } } },
            three: { entry: assign({ count: 1 }), on: { deep: 'one' } },
            shallow: { type: 'history' },
            all: { type: 'history', history: 'deep', target: 'one' },
          },
        },
        paused: { on: { resume: 'busy.all', back: 'busy.shallow' } },
      },
      on: { chain: { actions: ['add', 'note'] } },
    },
    lamp: {
      initial: 'off',
      states: {
        off: { on: { flip: 'on' } },
        on: { on: { flip: 'off' }, after: { shortMs: 'off' }, entry: emit({ type: 'tell', role: 'other', message: { type: 'Lit' } }) },
      },
    },
  },
  on: { stop: { target: '.work.paused', actions: 'note' } },
});

const types = ['go', 'back', 'deep', 'tick', 'reset', 'flip', 'stop', 'resume', 'chain', 'nonsense'] as const;

type Public = { readonly type: string; readonly params?: unknown };

/** What the public function says that a step did, in our words. */
const publicOutcome = (snapshot: AnyMachineSnapshot, actions: readonly Public[]) => {
  let started: { id: string; delayMs: number }[] = [];
  const effects: unknown[] = [];
  for (const { type, params } of actions) {
    if (type === 'xstate.emit') effects.push((params as { event: unknown }).event);
    if (type === 'xstate.raise') {
      const { id, delay } = params as { id: string; delay?: number };
      if (delay !== undefined) started.push({ id, delayMs: delay });
    }
    if (type === 'xstate.cancel') started = started.filter(({ id }) => id !== (params as { sendId: string }).sendId);
  }
  const cancelled = actions.filter(({ type }) => type === 'xstate.cancel').map(({ params }) => (params as { sendId: string }).sendId);
  return { value: snapshot.value, context: snapshot.context, status: snapshot.status, effects, started, cancelled };
};

const ourOutcome = ({ snapshot, effects, started, cancelled }: StepOutcome) => ({
  value: snapshot.value,
  context: snapshot.context,
  status: snapshot.status,
  effects,
  started,
  cancelled,
});

describe('a step', () => {
  it('is what the public functions of XState make of it', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(types.length + 3), fc.option(fc.nat(3), { nil: undefined })), { maxLength: 40 }), (draws) => {
        const stepper = new Stepper(machine);
        let [theirs, actions] = initialTransition(machine) as [AnyMachineSnapshot, readonly Public[]];
        let ours = stepper.start(null);
        expect(ourOutcome(ours)).toEqual(publicOutcome(theirs, actions));
        const timers = new Set(ours.started.map((timer) => timer.id));
        for (const [draw, by] of draws) {
          // Beyond the events of users, timers that are pending fire.
          const timer = [...timers].sort()[draw - types.length];
          const event =
            timer === undefined ? { type: types[draw % types.length] as 'go', ...(by === undefined ? {} : { by }) } : { type: timer as 'go' };
          if (timer !== undefined) timers.delete(timer);
          seen.add(timer === undefined ? event.type : 'timer');
          [theirs, actions] = transition(machine, theirs as never, event) as unknown as [AnyMachineSnapshot, readonly Public[]];
          ours = stepper.step(ours.snapshot, event);
          expect(ourOutcome(ours)).toEqual(publicOutcome(theirs, actions));
          for (const id of ours.cancelled) timers.delete(id);
          for (const { id } of ours.started) timers.add(id);
        }
      }),
      { numRuns: 500 },
    );
    expect([...seen].sort()).toEqual([...types, 'timer'].sort());
  });

  it('says which rules fired, microstep by microstep, and which events nobody took', () => {
    const ruled = setup({}).createMachine({
      options: { maxIterations: 10 },
      initial: 'a',
      states: {
        a: { on: { go: { target: 'b', meta: { rule: 'R-1' } } } },
        b: { always: { target: 'c', meta: { rule: 'R-2' } } },
        c: { entry: raise({ type: 'end' }), on: { end: { target: 'd', meta: { rule: 'R-3' } } } },
        d: { on: { bare: {} } },
      },
    });
    const stepper = new Stepper(ruled);
    const start = stepper.start(null);
    expect(start.rules).toEqual([]);
    const step = stepper.step(start.snapshot, { type: 'go' });
    expect(step.rules).toEqual(['R-1', 'R-2', 'R-3']);
    expect(step.refused).toBe(false);
    expect(stepper.step(step.snapshot, { type: 'bare' }).rules).toEqual(['(machine).d bare']);
    const refused = stepper.step(step.snapshot, { type: 'unknown' });
    expect([refused.refused, refused.rules, refused.effects]).toEqual([true, [], []]);
  });

  it('is refused by a role that has come to its end, whatever the event', () => {
    const ended = setup({}).createMachine({
      options: { maxIterations: 10 },
      initial: 'on',
      context: { n: 0 },
      states: { on: { on: { end: 'off' }, after: { 10: 'off' } }, off: { type: 'final' } },
      on: { poke: { actions: [assign({ n: 1 }), emit({ type: 'sync' })] } },
    });
    const stepper = new Stepper(ended);
    const { snapshot, cancelled } = stepper.step(stepper.start(null).snapshot, { type: 'end' });
    expect(snapshot.status).toBe('done');
    expect(cancelled).toEqual(['xstate.after.10.(machine).on']);
    const poked = stepper.step(snapshot, { type: 'poke' });
    expect([poked.refused, poked.effects, poked.snapshot.context]).toEqual([true, [], { n: 0 }]);
  });

  it('throws what a guard, an action or the start threw, and goes on well after it', () => {
    const fragile = setup({}).createMachine({
      options: { maxIterations: 10 },
      context: ({ input }: { input: unknown }) => {
        if (input === 'bad') throw new Error('no such input');
        return { n: 0 };
      },
      on: {
        guard: {
          guard: () => {
            throw new Error('guard broke');
          },
        },
        action: {
          actions: assign(() => {
            throw new Error('action broke');
          }),
        },
        loop: { actions: raise({ type: 'loop' }) },
        fine: { actions: assign({ n: 1 }) },
      },
    });
    const stepper = new Stepper(fragile);
    expect(() => stepper.start('bad')).toThrow('no such input');
    const { snapshot } = stepper.start('good');
    expect(() => stepper.step(snapshot, { type: 'guard' })).toThrow(/guard broke/);
    expect(() => stepper.step(snapshot, { type: 'action' })).toThrow('action broke');
    expect(() => stepper.step(snapshot, { type: 'loop' })).toThrow(/Infinite loop/);
    expect(stepper.step(snapshot, { type: 'fine' }).snapshot.context).toEqual({ n: 1 });
  });

  it.each<
    [string, (args: { readonly self: { readonly id: string; send(event: object): void }; readonly system: { get(id: string): unknown } }) => unknown]
  >([
    ['self.send', ({ self }) => self.send({ type: 'x' })],
    ['self.id', ({ self }) => self.id],
    ['system.get', ({ system }) => system.get('x')],
  ])('throws where a role touches %s', (what, touch) => {
    const nosy = setup({}).createMachine({
      options: { maxIterations: 10 },
      context: { n: 0 as unknown },
      on: { x: { actions: assign({ n: (args) => touch(args as never) }) } },
    });
    const stepper = new Stepper(nosy);
    const { snapshot } = stepper.start(null);
    expect(() => stepper.step(snapshot, { type: 'x' })).toThrow(`a role touched ${what}`);
  });

  it.each<[string, (enqueue: never) => void]>([
    ['xstate.sendTo', (enqueue: { sendTo(to: unknown, event: object): void }) => enqueue.sendTo({}, { type: 'x' })],
    ['xstate.spawnChild', (enqueue: { spawnChild(src: unknown): void }) => enqueue.spawnChild(machine)],
    ['a function', (enqueue: (action: unknown) => void) => enqueue(() => undefined)],
    ['a delayed event', (enqueue: { raise(event: object, options: object): void }) => enqueue.raise({ type: 'x' }, { delay: 10, id: 'later' })],
  ] as [string, (enqueue: never) => void][])('throws where a role enqueues %s', (what, act) => {
    const sly = setup({}).createMachine({
      options: { maxIterations: 10 },
      on: { x: { actions: enqueueActions(({ enqueue }) => act(enqueue as never)) } },
    });
    const stepper = new Stepper(sly);
    const { snapshot } = stepper.start(null);
    expect(() => stepper.step(snapshot, { type: 'x' })).toThrow(what.startsWith('xstate') ? /enqueued xstate|touched|cannot/ : what);
  });
});
