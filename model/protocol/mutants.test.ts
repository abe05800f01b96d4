import { describe, expect, it } from 'vitest';
import { and, assign, emit, not, setup } from 'xstate';
import { message } from '../role/message.ts';
import { role } from '../role/role.ts';
import { RememberedRole } from '../role/remember.ts';
import { Interner } from '../kernel/intern.ts';
import { defineProtocol, mutatedRoles } from './define.ts';
import { generatedMutants } from './mutants.ts';
import type { Protocol } from './protocol.ts';
import { host } from './scenario.ts';
import * as z from 'zod';

const words = setup({
  types: {
    context: {} as { readonly n: number },
    events: {} as { readonly type: 'ask' | 'stop' },
    meta: {} as { rule: string; source: string; says: string },
  },
  guards: { isFirst: ({ context }) => context.n === 0, isLate: ({ context }) => context.n > 3, isEven: ({ context }) => context.n % 2 === 0 },
  actions: {
    count: assign(({ context }) => ({ n: context.n + 1 })),
    keep: emit(({ context }) => ({ type: 'persist', key: 'n', value: context.n }) as never),
    unused: assign({}),
  },
});

const rule = (id: string) => ({ rule: id, source: 'here', says: 'So.' });

const machine = (withLate: boolean) =>
  words.createMachine({
    id: 'counter',
    options: { maxIterations: 10 },
    context: { n: 0 },
    initial: 'open',
    states: {
      open: {
        on: {
          ask: [
            { guard: 'isFirst', actions: ['count', 'keep'], meta: rule('C-1') },
            { guard: and(['isEven', not('isFirst')]), actions: 'count', meta: rule('C-2') },
          ],
          stop: { target: 'shut', meta: rule('C-3') },
        },
        ...(withLate ? { always: { guard: 'isLate', target: 'shut', meta: rule('C-4') } } : {}),
      },
      shut: { entry: 'keep', on: { ask: { target: 'open', meta: rule('C-5') } } },
    },
  });

const protocol = defineProtocol({
  id: 'counting',
  doc: 'Counts.',
  source: 'here',
  messages: {
    ask: message({ doc: 'Asks.', source: 'here', fields: z.object({}) }),
    stop: message({ doc: 'Stops.', source: 'here', fields: z.object({}) }),
  },
  domains: { early: { late: false }, late: { late: true }, idle: { late: true } },
  roles: ({ late }: { readonly late: boolean }) => ({ counter: role(machine(late), { doc: 'Counts.', talksTo: [] }) }),
  scenarios: {
    one: { doc: 'One.', hosts: [host('counter')], network: { link: 'datagram' } },
    later: { doc: 'Later.', domain: 'late', hosts: [host('counter')], network: { link: 'datagram' } },
  },
}) as unknown as Protocol;

const mutants = generatedMutants(protocol);

/** What a mutant of the counter does, after these events. */
const after = (id: string | null, ...events: readonly string[]) => {
  const mutant = mutants.find((each) => each.id === id)?.mutant ?? null;
  if (id !== null && mutant === null) throw new Error(`no mutant ${id}`);
  const interner = new Interner();
  const type = mutatedRoles(protocol, 'late', mutant)['counter'];
  if (type === undefined) throw new Error('no counter');
  const memory = new RememberedRole(type.machine, interner, () => {}, mutant?.roles?.['counter']?.loses ?? null);
  let local = memory.start({}).next;
  let effects = 0;
  for (const event of events) {
    const step = memory.step(local, interner.intern({ type: event }));
    local = step.next;
    effects += step.effects.length;
  }
  const { value, context } = memory.snapshot(local);
  return { value, n: (context as { readonly n: number }).n, effects };
};

describe('generated mutants', () => {
  it('are of each guard, action, target and stored value of the machine, and of no other', () => {
    expect(mutants.map(({ id }) => id)).toEqual([
      'counter: guard isEven negated',
      'counter: guard isFirst negated',
      'counter: action count dropped',
      'counter: action keep dropped',
      'counter: persist of C-1 dropped',
      'counter: persist of C-2 dropped',
      'counter: persist of C-3 dropped',
      'counter: persist of C-5 dropped',
      'counter: open on stop, 1: to open instead of shut',
      'counter: shut on ask, 1: to shut instead of open',
      'counter: guard isLate negated',
      'counter: persist of C-4 dropped',
      'counter: open on always, 1: to open instead of shut',
    ]);
  });

  it('say in which domains that a scenario uses the machine has what they change, and in which rules', () => {
    const of = (id: string) => mutants.find((each) => each.id === id);
    expect(of('counter: guard isFirst negated')).toMatchObject({ domains: ['early', 'late'], rules: ['C-1', 'C-2'] });
    expect(of('counter: guard isLate negated')).toMatchObject({ domains: ['late'], rules: ['C-4'] });
    // On the way into a state too, and in any domain.
    expect(of('counter: action keep dropped')?.rules).toEqual(['C-1', 'C-3', 'C-4']);
  });

  it.each<[string | null, ReturnType<typeof after>]>([
    [null, { value: 'shut', n: 1, effects: 2 }],
    ['counter: guard isFirst negated', { value: 'shut', n: 1, effects: 1 }],
    ['counter: guard isLate negated', { value: 'shut', n: 0, effects: 1 }],
    ['counter: action count dropped', { value: 'shut', n: 0, effects: 2 }],
    ['counter: action keep dropped', { value: 'shut', n: 1, effects: 0 }],
    ['counter: persist of C-1 dropped', { value: 'shut', n: 1, effects: 1 }],
    ['counter: persist of C-3 dropped', { value: 'shut', n: 1, effects: 1 }],
    ['counter: persist of C-5 dropped', { value: 'shut', n: 1, effects: 2 }],
    ['counter: open on stop, 1: to open instead of shut', { value: 'open', n: 1, effects: 1 }],
  ])('%s', (id, outcome) => {
    expect(after(id, 'ask', 'stop')).toEqual(outcome);
  });

  it('are of the roles that are asked for', () => {
    expect(generatedMutants(protocol, ['another'])).toEqual([]);
  });
});
