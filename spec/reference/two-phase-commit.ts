import { assign, emit, setup } from 'xstate';
import { defineProtocol } from '../../model/protocol/define.ts';
import { hosts, namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';
import type { Delivered, Effect, RoleInput } from '../../model/role/effect.ts';
import * as z from 'zod';
import { hostName, message } from '../../model/role/message.ts';
import { command, role } from '../../model/role/role.ts';
import type { Rule } from '../../model/role/rule.ts';

/** Two-phase commit as Gray and Lamport specify it in TLA+ (Consensus on Transaction Commit, 2006): its counts are known. */

const source = 'Gray and Lamport 2006, TwoPhase.tla';

type Message = { readonly type: 'Prepared' } | { readonly type: 'Commit' } | { readonly type: 'Abort' };
type Acts = { readonly type: 'commit' | 'abort' | 'prepare' | 'chooseAbort' };

const participantsIn = (params: unknown): number => (params as { readonly participants: number }).participants;

const manager = setup({
  types: {
    context: {} as { readonly participants: number; readonly prepared: ReadonlySet<string> },
    input: {} as RoleInput,
    events: {} as Delivered<Message> | Acts,
    emitted: {} as Effect<Message>,
    meta: {} as Rule,
  },
  guards: { allPrepared: ({ context }) => context.prepared.size === context.participants },
  actions: {
    note: assign({ prepared: ({ context, event }) => new Set([...context.prepared, (event as { from: string }).from]) }),
    sayCommit: emit({ type: 'broadcast', message: { type: 'Commit' } }),
    sayAbort: emit({ type: 'broadcast', message: { type: 'Abort' } }),
  },
}).createMachine({
  id: 'manager',
  options: { maxIterations: 10 },
  context: ({ input }) => ({ participants: participantsIn(input.params), prepared: new Set<string>() }),
  initial: 'waiting',
  states: {
    waiting: {
      on: {
        Prepared: { actions: 'note', meta: { rule: 'TMRcvPrepared', source } },
        commit: { guard: 'allPrepared', target: 'committed', actions: 'sayCommit', meta: { rule: 'TMCommit', source } },
        abort: { target: 'aborted', actions: 'sayAbort', meta: { rule: 'TMAbort', source } },
      },
    },
    committed: { tags: ['rest'] },
    aborted: { tags: ['rest'] },
  },
});

const participant = setup({
  types: { events: {} as Delivered<Message> | Acts, emitted: {} as Effect<Message>, meta: {} as Rule },
  actions: { sayPrepared: emit({ type: 'send', to: { role: 'manager' }, message: { type: 'Prepared' } }) },
}).createMachine({
  id: 'participant',
  options: { maxIterations: 10 },
  initial: 'working',
  states: {
    working: {
      on: {
        prepare: { target: 'prepared', actions: 'sayPrepared', meta: { rule: 'RMPrepare', source } },
        chooseAbort: { target: 'aborted', meta: { rule: 'RMChooseToAbort', source } },
      },
    },
    prepared: {},
    committed: { tags: ['rest'] },
    aborted: { tags: ['rest'] },
  },
  on: {
    Commit: { target: '.committed', meta: { rule: 'RMRcvCommitMsg', source } },
    Abort: { target: '.aborted', meta: { rule: 'RMRcvAbortMsg', source } },
  },
});

const act = (doc: string) => command({ doc });

/** Its messages are a set, as in the specification, and nothing counts what the parties choose to do. */
const among = (participants: number): ScenarioType => ({
  doc: `A manager and ${participants} participants; no faults.`,
  hosts: [namedHost('manager', ['manager'], { params: { manager: { participants } } }), ...hosts(participants, 'participant')],
  network: { link: 'datagram', keepsDelivered: true },
  commands: { manager: { commit: unlimited, abort: unlimited }, participant: { prepare: unlimited, chooseAbort: unlimited } },
});

export const twoPhaseCommit = defineProtocol({
  id: 'two-phase-commit',
  doc: 'A manager and participants agree to commit or to abort.',
  source,
  counted: true,
  messages: {
    Prepared: message({ doc: 'I am prepared.', source }),
    Commit: message({ doc: 'Commit.', source }),
    Abort: message({ doc: 'Abort.', source }),
  },
  roles: {
    manager: role(manager, {
      doc: 'Decides.',
      talksTo: ['participant'],
      commands: { commit: act('Commit.'), abort: act('Abort.') },
      context: z.object({ participants: z.int(), prepared: z.set(hostName()) }),
    }),
    participant: role(participant, {
      doc: 'Prepares and obeys.',
      talksTo: ['manager'],
      commands: { prepare: act('Prepare.'), chooseAbort: act('Abort alone.') },
    }),
  },
  scenarios: { three: among(3), four: among(4), five: among(5), six: among(6), seven: among(7), eight: among(8), nine: among(9) },
});
