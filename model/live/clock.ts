import type { HostName } from '../role/effect.ts';

/** How many steps of each host are known here (Fidge 1988; Mattern 1989); a host that is not named has taken none. */
export type Clock = Readonly<Record<HostName, number>>;

/** What is known where both are known. */
export const merged = (a: Clock, b: Clock): Clock => {
  const both: Record<HostName, number> = { ...a };
  for (const [host, count] of Object.entries(b)) both[host] = Math.max(both[host] ?? 0, count);
  return both;
};

/** One step more of this host. */
export const ticked = (clock: Clock, host: HostName): Clock => ({ ...clock, [host]: (clock[host] ?? 0) + 1 });

/** Whether all that a step knows of other hosts is among what has happened. */
export const isAfter = (done: Clock, clock: Clock, host: HostName): boolean =>
  Object.entries(clock).every(([other, count]) => other === host || count <= (done[other] ?? 0));
