import type { Clock } from './clock.ts';
import type { Start } from './log.ts';
import type { Parts, Performer } from './performer.ts';
import type { RoleStatus } from './past.ts';
import type { Stored } from './surroundings.ts';

/** What is done to one role while its host runs on. */
export type RoleChange = 'stopRole' | 'uninstall' | Extract<Start, 'startRole' | 'install'>;

/** How a role has to be for each, and how it is afterwards. */
export const roleChanges: Readonly<Record<RoleChange, { readonly before: readonly RoleStatus[]; readonly after: RoleStatus }>> = {
  stopRole: { before: ['running'], after: 'stopped' },
  startRole: { before: ['stopped'], after: 'running' },
  uninstall: { before: ['running', 'stopped'], after: 'uninstalled' },
  install: { before: ['uninstalled'], after: 'running' },
};

/** Stops a role of a live host, and takes it away with all that it has stored where that is asked for. What was on its way to it is lost. */
export const stopRole = (parts: Parts, performer: Performer, role: string, change: 'stopRole' | 'uninstall'): void => {
  const instance = parts.roles.find(role);
  if (instance === undefined) return;
  parts.roles.stop(instance, change === 'uninstall' ? 'uninstalled' : 'stopped');
  performer.abandonAll(instance);
  parts.arrivals.forget(({ to }) => to === instance.index);
  performer.note({ type: change, role }, change === 'uninstall' ? without(performer.stored, role) : performer.stored);
};

const without = (stored: Stored, role: string): Stored => Object.fromEntries(Object.entries(stored).filter(([name]) => name !== role));

/** Starts a role of a live host: its first state, then the links that are up, then what it does at once. */
export const startRole = (parts: Parts, performer: Performer, role: string, change: 'startRole' | 'install', known: Clock): void => {
  const instance = parts.roles.find(role);
  if (instance === undefined) return;
  const step = parts.roles.start(instance, performer.stored);
  parts.links.introduce(instance, known);
  performer.begin([{ instance, step }], change);
};
