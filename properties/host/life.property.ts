import { transition } from 'xstate';
import { defineProperty, type WorldView } from '../../model/property/property.ts';
import type { Action } from '../../model/world/action.ts';
import { life, type LifeEvent, type RoleStatus } from '../../spec/host/life.ts';
import { type HostRoles, host } from '../../spec/host/protocol.ts';

type World = WorldView<HostRoles>;

const programs = ['ping', 'echo'] as const;

/** What an action is to the life of a host; null if it is nothing to it. */
const eventFor = (name: string, action: Action): LifeEvent | null => {
  switch (action.type) {
    case 'Join':
    case 'Crash':
    case 'Restart':
    case 'Pause':
    case 'Resume':
    case 'Leave':
      return action.host === name ? { type: action.type } : null;
    case 'StopRole':
    case 'StartRole':
    case 'Install':
    case 'Uninstall':
      return action.host === name ? { type: action.type, role: action.role } : null;
    case 'Deliver':
      return action.crashAfter !== undefined && action.to === name ? { type: 'Crash' } : null;
    case 'Fire':
    case 'Command':
    case 'Choose':
      return action.crashAfter !== undefined && action.host === name ? { type: 'Crash' } : null;
    default:
      return null;
  }
};

/** Where the chart says that a host is after an action. */
const chartAfter = (
  before: World,
  name: string,
  event: LifeEvent | null,
): { readonly life: string; readonly running: (role: string) => boolean | null } => {
  const value = before.life(name);
  if (event === null) return { life: value, running: (role) => before.at(role as 'ping', name)?.running ?? null };
  // Whether a role that does not run is stopped or uninstalled is not seen from outside; the event says which it must have been.
  const unseen: RoleStatus = event.type === 'Install' ? 'uninstalled' : 'stopped';
  const known = (role: (typeof programs)[number]): RoleStatus => (before.at(role, name)?.running === true ? 'running' : unseen);
  const roles = Object.fromEntries(programs.map((role) => [role, known(role)]));
  const [after] = transition(life, life.resolveState({ value, context: { roles } }), event);
  const isUp = value === 'up' && after.value === 'up';
  return { life: String(after.value), running: (role) => (isUp ? after.context.roles[role] === 'running' : after.value === 'up' ? null : false) };
};

export const hostLife = defineProperty(host, {
  id: 'HOST-LIFE',
  claim: 'A host lives as its chart says: off, up, paused, crashed, left; to stop one role stops that one only.',
  source: 'common sentence HOST-MANY: crash of the host stops all roles, stopping one role stops that one only',
  holdsUnder: ['lives', 'software'],
  step: {
    lifeFollowsTheChart: (before, action, after) =>
      before.hosts.every((name) => chartAfter(before, name, eventFor(name, action)).life === after.life(name)),
    rolesFollowTheChart: (before, action, after) =>
      before.hosts.every((name) => {
        const chart = chartAfter(before, name, eventFor(name, action));
        return programs.every((role) => {
          const now = after.at(role, name);
          const expected = chart.running(role);
          return now === undefined || expected === null || now.running === expected;
        });
      }),
  },
  sometimes: {
    aHostIsPaused: (world) => world.hosts.some((name) => world.life(name) === 'paused'),
    aHostIsCrashed: (world) => world.hosts.some((name) => world.life(name) === 'crashed'),
    oneRoleRunsWithoutTheOther: (world) =>
      world.hosts.some((name) => world.at('ping', name)?.running === true && world.at('echo', name)?.running === false),
  },
});
