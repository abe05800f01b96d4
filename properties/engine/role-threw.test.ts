import { describe, expect, it } from 'vitest';
import { type AnyStateMachine, assign, createActor, createMachine, emit, enqueueActions } from 'xstate';
import { hosts } from '../../model/protocol/scenario.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { message } from '../../model/role/message.ts';
import { command, role } from '../../model/role/role.ts';
import { heardBy } from '../../model/role/nodes.ts';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';
import { replayTrace } from '../../model/trace/replay.ts';
import { checked } from '../shared/checked.ts';

/** A machine whose compiler lets everything through, as a careless author's would. */
const loose = (config: object, more: object = {}): AnyStateMachine =>
  createMachine({ id: 'm', options: { maxIterations: 10 }, ...config } as never, more as never);

const going = (actions: unknown, more: object = {}): AnyStateMachine => loose({ context: { n: 0 }, on: { go: { actions } } }, more);

const sending = (to: unknown, note: object = { type: 'Note' }): AnyStateMachine => going(emit({ type: 'send', to, message: note } as never));

const of = (machine: AnyStateMachine, count = 2): Protocol =>
  defineProtocol({
    id: 'toy',
    doc: 'A toy.',
    source: 'test',
    messages: { Note: message({ doc: 'A note.', source: 'test' }) },
    roles: { one: role(machine, { doc: 'One.', commands: heardBy(machine)('go') ? { go: command({ doc: 'Go.' }) } : {} }) },
    scenarios: {
      one: {
        doc: 'One.',
        hosts: hosts(count, 'one'),
        network: { link: 'datagram' },
        commands: heardBy(machine)('go') ? { one: { go: 1 } } : {},
      },
    },
  } as never) as unknown as Protocol;

const fineClaim = (protocol: Protocol) => ({
  protocol,
  // It would throw itself where a role has no state; then no claim may be asked.
  type: {
    id: 'FINE',
    claim: 'Fine.',
    holdsUnder: ['one'],
    always: {
      fine: (world: never) =>
        (world as { all(role: string): readonly { context: { n: number } }[] }).all('one').every(({ context }) => context.n.toFixed() !== ''),
    },
  },
});

const searched = (machine: AnyStateMachine, reduce = false): CheckReport => {
  const protocol = of(machine);
  return checked({ protocol, properties: [fineClaim(protocol) as never], scenario: 'one', reduce });
};

describe('a role that throws at its start is found before any claim is asked', () => {
  it.each<[string, AnyStateMachine, RegExp]>([
    [
      'in its context',
      loose({
        context: () => {
          throw new Error('not today');
        },
      }),
      /one on one2 threw: not today/,
    ],
    ['for what its context holds', loose({ context: { n: () => 1 } }), /function cannot be kept/],
    [
      'because it spawns an actor',
      loose({ context: ({ spawn }: { spawn: (src: unknown) => unknown }) => ({ n: spawn(loose({})) }) }),
      /touched self.system/,
    ],
    [
      'because it never comes to rest',
      loose({ context: { n: 0 }, initial: 'a', states: { a: { always: 'b' }, b: { always: 'a' } } }),
      /Infinite loop/,
    ],
    [
      'because its timer has no delay',
      loose({ context: { n: 0 }, initial: 'a', states: { a: { after: { someMs: 'b' } }, b: {} } }, { delays: { someMs: () => Number.NaN } }),
      /a timer of NaN ms is started/,
    ],
    [
      'because its timer would be due before it starts',
      loose({ context: { n: 0 }, initial: 'a', states: { a: { after: { someMs: 'b' } }, b: {} } }, { delays: { someMs: -1 } }),
      /a timer of -1 ms is started/,
    ],
  ])('%s', (_, machine, words) => {
    for (const reduce of [false, true]) {
      const report = searched(machine, reduce);
      expect(report).toMatchObject({ verdict: 'violated', distinct: 1, violation: { property: 'ROLE-THREW' } });
      expect(report.violation?.detail).toMatch(words);
    }
    const protocol = of(machine);
    const { violation } = searched(machine);
    expect(violation && replayTrace(protocol, [fineClaim(protocol) as never], violation.trace)).toMatchObject({ reproduced: true, divergence: null });
  });
});

describe('what a role does by mistake is told, and not lost in silence', () => {
  it.each<[string, AnyStateMachine, RegExp]>([
    [
      'an effect that there is not',
      going(emit({ type: 'sned', to: 'one2', message: { type: 'Note' } } as never)),
      /no effect sned. Did you mean send\?/,
    ],
    ['a message to a host of no scenario', sending('one3'), /one3, a host of no scenario. Did you mean one1\?/],
    ['a message to several hosts, one of which there is not', sending(['one2', 'two']), /two, a host of no scenario/],
    ['a message to some hosts, one of which there is not', sending({ some: 1, of: ['one2', 'two'] }), /two, a host of no scenario/],
    ['a message to a role that there is not', sending({ role: 'on' }), /the role on, which there is not. Did you mean one\?/],
    ['a message that the protocol has not', sending('one2', { type: 'Nota' }), /no message Nota. Declare it in messages: Note./],
    ['an actor that is spawned', going(assign(({ spawn }) => ({ n: spawn(loose({})) as never }))), /touched self.system/],
    ['an event that is delayed', going(enqueueActions(({ enqueue }) => enqueue.raise({ type: 'x' } as never, { delay: 5 }))), /time is `after`/],
    [
      'an event for another actor',
      going(enqueueActions(({ enqueue, self }) => enqueue.sendTo(self, { type: 'x' }))),
      /enqueued xstate.sendTo; effects are emitted/,
    ],
    ['a function that is enqueued', going(enqueueActions(({ enqueue }) => enqueue(() => undefined))), /effects are emitted/],
  ])('%s', (_, machine, words) => {
    const report = searched(machine);
    expect(report).toMatchObject({ verdict: 'violated', violation: { property: 'ROLE-THREW' } });
    expect(report.violation?.detail).toMatch(words);
  });

  it('a message to the one host with a role, where several have it', () => {
    expect(() => searched(sending({ role: 'one' }))).toThrow(/the one host with the role one, and there are 2: one1, one2/);
  });

  it('a command that no state takes', () => {
    const roles = { one: role(loose({ on: { sell: { actions: [] } } }), { doc: 'One.', commands: { sel: command({ doc: 'Sell.' }) } }) };
    expect(() => defineProtocol({ id: 'toy', doc: '', source: '', messages: {}, roles, scenarios: {} })).toThrow(/no state takes sel/);
  });
});

describe('what a machine hears', () => {
  const types = ['Note', 'Note.short', 'Notes', 'connected'];
  it.each<[string, object, readonly string[]]>([
    ['one type', { Note: { actions: 'x' } }, ['Note']],
    ['one that it takes and does nothing', { Note: { description: 'Nobody minds.' } }, ['Note']],
    ['all that begin with a word', { 'Note.*': { actions: 'x' } }, ['Note', 'Note.short']],
    ['everything', { '*': { actions: 'x' } }, types],
    ['one that it is forbidden to take further up', { Note: undefined }, ['Note']],
    ['nothing of what has no transition', { Note: [] }, []],
  ])('is %s, as XState has it', (_, on, heard) => {
    const machine = createMachine(
      { id: 'm', initial: 'a', states: { a: { on } } } as never,
      { actions: { x: () => undefined } } as never,
    ) as AnyStateMachine;
    expect(types.filter(heardBy(machine))).toEqual(heard);
    const snapshot = createActor(machine).getSnapshot();
    expect(types.filter((type) => (machine.getTransitionData(snapshot, { type }) ?? []).length > 0)).toEqual(heard);
  });

  it('reaches a role that takes whatever comes', () => {
    const machine = loose({
      context: { n: 0 },
      on: {
        go: { actions: emit({ type: 'broadcast', message: { type: 'Note' } } as never) },
        '*': { actions: assign({ n: ({ context }) => (context as { n: number }).n + 1 }) },
      },
    });
    // One of the two says something, or both, and each note arrives or waits.
    expect(searched(machine)).toMatchObject({ verdict: 'holds', distinct: 5 });
  });
});
