import { assign, setup } from 'xstate';
import { defineProtocol } from '../../model/protocol/define.ts';
import { namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';
import type { RoleInput } from '../../model/role/effect.ts';
import { command, role } from '../../model/role/role.ts';
import type { Rule } from '../../model/role/rule.ts';

/**
 * What transaction commit is, whatever protocol reaches it: two-phase commit implements this. As in the paper, the resource
 * managers are looked at from above, so one machine holds the states of all of them and no message is sent.
 */

const source = 'Gray and Lamport 2006, TCommit.tla';

/** How a resource manager fares. */
export type Standing = 'working' | 'prepared' | 'committed' | 'aborted';

interface Context {
  readonly standings: readonly Standing[];
}

/** Which resource manager moves. */
interface Act {
  readonly type: 'prepare' | 'commit' | 'abort';
  readonly manager: number;
}

/** What a guard sees. */
export interface Situation {
  readonly context: Context;
  readonly event: Act;
}

const moved =
  (to: Standing) =>
  ({ context, event }: Situation): readonly Standing[] =>
    context.standings.map((standing, at) => (at === event.manager ? to : standing));

const own = ({ context, event }: Situation): Standing => context.standings[event.manager] as Standing;

const managers = setup({
  types: { context: {} as Context, input: {} as RoleInput, events: {} as Act, meta: {} as Rule },
  guards: {
    isWorking: (situation: Situation) => own(situation) === 'working',
    canCommit: (situation: Situation) =>
      own(situation) === 'prepared' && situation.context.standings.every((standing) => standing === 'prepared' || standing === 'committed'),
    canAbort: (situation: Situation) =>
      ['working', 'prepared'].includes(own(situation)) && situation.context.standings.every((standing) => standing !== 'committed'),
  },
  actions: {
    prepare: assign({ standings: moved('prepared') }),
    commit: assign({ standings: moved('committed') }),
    abort: assign({ standings: moved('aborted') }),
  },
}).createMachine({
  id: 'managers',
  options: { maxIterations: 10 },
  context: ({ input }) => ({
    standings: Array.from({ length: (input.params as { readonly managers: number }).managers }, () => 'working' as const),
  }),
  // Every resource manager may keep silent for ever.
  tags: ['rest'],
  on: {
    prepare: { guard: 'isWorking', actions: 'prepare', meta: { rule: 'Prepare', source } },
    commit: { guard: 'canCommit', actions: 'commit', meta: { rule: 'DecideCommit', source } },
    abort: { guard: 'canAbort', actions: 'abort', meta: { rule: 'DecideAbort', source } },
  },
});

/** Any of the resource managers may be meant. */
const act = (doc: string) =>
  command<typeof managers>({ doc, values: ({ context }) => context.standings.map((_standing: Standing, manager: number) => ({ manager })) });

const among = (count: number): ScenarioType => ({
  doc: `${count} resource managers.`,
  hosts: [namedHost('all', ['managers'], { params: { managers: { managers: count } } })],
  network: { link: 'datagram' },
  commands: { managers: { prepare: unlimited, commit: unlimited, abort: unlimited } },
});

export const transactionCommit = defineProtocol({
  id: 'transaction-commit',
  doc: 'Resource managers all commit or all abort.',
  source,
  counted: true,
  messages: {},
  roles: {
    managers: role(managers, {
      doc: 'All resource managers, seen from above.',
      commands: { prepare: act('One is prepared.'), commit: act('One commits.'), abort: act('One aborts.') },
    }),
  },
  scenarios: { three: among(3), four: among(4), five: among(5), six: among(6) },
});
