import type { HostName } from '../role/effect.ts';
import { isAfter } from './clock.ts';
import type { LogLine } from './log.ts';

/**
 * The steps of several hosts in one order in which each stands after all that it knew of. Hosts take turns, so that what
 * happened at the same time stands together. Lines that no order fits stand last, for the reader of the log to refuse.
 */
export const mergedLines = (byHost: ReadonlyMap<HostName, readonly LogLine[]>): readonly LogLine[] => {
  const hosts = [...byHost.keys()];
  const done: Record<HostName, number> = Object.fromEntries(hosts.map((host) => [host, 0]));
  const lines: LogLine[] = [];
  for (let moved = true; moved; ) {
    moved = false;
    for (const host of hosts) {
      const line = byHost.get(host)?.[done[host] as number];
      if (line === undefined || !isAfter(done, line.clock, host)) continue;
      lines.push(line);
      done[host] = (done[host] as number) + 1;
      moved = true;
    }
  }
  return [...lines, ...hosts.flatMap((host) => byHost.get(host)?.slice(done[host]) ?? [])];
};
