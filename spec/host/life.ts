import { setup } from 'xstate';
import type { Rule } from '../../model/role/rule.ts';

/** How a role is on its host. */
export type RoleStatus = 'running' | 'stopped' | 'uninstalled';

/** What happens to a host, and to a role on it. */
export type LifeEvent =
  | { readonly type: 'Join' | 'Crash' | 'Restart' | 'Pause' | 'Resume' | 'Leave' }
  | { readonly type: 'StopRole' | 'StartRole' | 'Install' | 'Uninstall'; readonly role: string };

/** The software of a host: what it does is what is installed on it and runs. */
export type LifeContext = { readonly roles: Readonly<Record<string, RoleStatus>> };

const rules = {
  join: { rule: 'HOST-1', source: 'RFC 5694, 2.1: enrollment', says: 'A host that was off joins: its roles start from their first states.' },
  crash: {
    rule: 'HOST-2',
    source: 'Lynch, Distributed Algorithms, 1996, chapter 2: stopping failures',
    says: 'A crash ends all roles, and what they had not stored is lost.',
  },
  restart: {
    rule: 'HOST-3',
    source: 'Cachin, Guerraoui and Rodrigues, 2011, section 2.2.4: crash-recovery',
    says: 'After a restart roles begin from what they had stored.',
  },
  pause: {
    rule: 'HOST-4',
    source: 'Cachin, Guerraoui and Rodrigues, 2011, section 2.5.1: asynchronous processes',
    says: 'A paused host does nothing and forgets nothing; what is sent to it waits.',
  },
  resume: { rule: 'HOST-5', source: 'Cachin, Guerraoui and Rodrigues, 2011, section 2.5.1', says: 'A resumed host goes on where it was.' },
  leave: { rule: 'HOST-6', source: 'RFC 5694, 2.1: peers that leave', says: 'A host that leaves does not come back.' },
  stop: { rule: 'HOST-7', source: 'common sentence HOST-MANY: one host runs several roles at once', says: 'To stop one role stops that one only.' },
  start: {
    rule: 'HOST-8',
    source: 'common sentence HOST-MANY: one host runs several roles at once',
    says: 'A stopped role starts from what it had stored.',
  },
  install: {
    rule: 'HOST-9',
    source: 'common sentence HOST-ROLES: the software installed on a host determines its roles',
    says: 'The software that is installed on a host determines its roles.',
  },
  uninstall: {
    rule: 'HOST-10',
    source: 'common sentence HOST-ROLES: the software installed on a host determines its roles',
    says: 'What is uninstalled is gone, with what it had stored.',
  },
} as const satisfies Record<string, Rule>;

const statusOf = (context: LifeContext, event: LifeEvent): RoleStatus | undefined => ('role' in event ? context.roles[event.role] : undefined);

const words = setup({
  types: { context: {} as LifeContext, events: {} as LifeEvent, input: {} as LifeContext, meta: {} as Rule, tags: {} as 'rest' },
});

const becomes = (status: RoleStatus) =>
  words.assign(({ context, event }) => ('role' in event ? { roles: { ...context.roles, [event.role]: status } } : {}));

/**
 * The life of a host: any computer that takes part in the network. The engine does not run this machine, because it keeps lives in
 * tables of integers; the claim HOST-LIFE compares each step of those with this chart.
 */
export const life = words
  .extend({
    guards: {
      isRunning: ({ context, event }) => statusOf(context, event) === 'running',
      isStopped: ({ context, event }) => statusOf(context, event) === 'stopped',
      isInstalled: ({ context, event }) => statusOf(context, event) !== 'uninstalled',
      isUninstalled: ({ context, event }) => statusOf(context, event) === 'uninstalled',
    },
    actions: { stop: becomes('stopped'), run: becomes('running'), remove: becomes('uninstalled') },
  })
  .createMachine({
    id: 'host.life',
    options: { maxIterations: 100 },
    context: ({ input }) => input,
    initial: 'off',
    states: {
      off: {
        description: 'Not part of the network yet.',
        tags: 'rest',
        on: { Join: { target: 'up', meta: rules.join } },
      },
      up: {
        description: 'Its running roles take steps.',
        on: {
          Crash: { target: 'crashed', meta: rules.crash },
          Pause: { target: 'paused', meta: rules.pause },
          Leave: { target: 'left', meta: rules.leave },
          StopRole: { guard: 'isRunning', actions: 'stop', meta: rules.stop },
          StartRole: { guard: 'isStopped', actions: 'run', meta: rules.start },
          Install: { guard: 'isUninstalled', actions: 'run', meta: rules.install },
          Uninstall: { guard: 'isInstalled', actions: 'remove', meta: rules.uninstall },
        },
      },
      paused: {
        description: 'Does nothing and forgets nothing.',
        on: { Resume: { target: 'up', meta: rules.resume }, Leave: { target: 'left', meta: rules.leave } },
      },
      crashed: {
        description: 'Has lost what it had not stored.',
        on: { Restart: { target: 'up', meta: rules.restart }, Leave: { target: 'left', meta: rules.leave } },
      },
      left: { description: 'Gone for good.', type: 'final', tags: 'rest' },
    },
  });
