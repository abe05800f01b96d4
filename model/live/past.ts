import type { Clock } from './clock.ts';
import { isRoleLine, type LogLine } from './log.ts';

/** How a role is on its host. */
export type RoleStatus = 'running' | 'stopped' | 'uninstalled';

/** What a host keeps through a crash besides what its roles have stored. */
export interface Past {
  /** What it knew at its last step. */
  readonly clock: Clock;
  /** The roles that were stopped, started, removed or installed, and how they are since. */
  readonly roles: Readonly<Record<string, RoleStatus>>;
  /** The rate of its clock, in thousandths of the true one. */
  readonly perMille: number;
}

/** What became of a host, by its log. */
export const pastOf = (lines: readonly LogLine[]): Past => {
  const roles: Record<string, RoleStatus> = {};
  let perMille = 1_000;
  for (const line of lines) {
    const { event } = line;
    if (event.type === 'stopRole') roles[event.role] = 'stopped';
    else if (event.type === 'uninstall') roles[event.role] = 'uninstalled';
    else if (event.type === 'skew') perMille = event.perMille;
    else if (isRoleLine(line) && event.type === 'start') roles[line.role] = 'running';
  }
  return { clock: lines.at(-1)?.clock ?? {}, roles, perMille };
};
