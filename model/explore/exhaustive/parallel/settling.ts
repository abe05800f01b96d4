import { actAt, askedAt, throwsAt } from '../layout.ts';
import type { Search } from '../search.ts';
import { unasked } from '../stillness.ts';
import type { Batch } from './batch.ts';
import * as memory from './memory.ts';
import type { Team } from './team.ts';

/**
 * Numbers the new worlds of a batch in the order in which one thread would have found them, and asks claims of them. False where a claim
 * fails, a role throws, or the limit of worlds is reached: one thread has to find that itself.
 */
export const isSettled = (search: Search, team: Team, batch: Batch): boolean => {
  const { visited, programs, world } = search;
  const { table } = visited.memory;
  const size = memory.rowAt + visited.packing.words;
  const chunks = team.chunksOf(batch);
  for (const chunk of chunks) {
    const { stream, start, end } = chunk;
    const ref = -(batch.set * team.size + chunk.thread) * stream.length - 1;
    search.generated += chunk.generated;
    // Of two records of one world the table tells of the one that comes first. All of a chunk are looked up side by side.
    for (let at = start; at < end; at += size) {
      const place = stream[at + memory.stateAt] as number;
      if (place >= 0 && table[2 * place + 1] !== ref - at) stream[at + memory.stateAt] = memory.step;
    }
    for (let at = start; at < end; at += size) if (!isTaken(search, stream, at)) return false;
  }
  search.expanded = batch.to;
  if (chunks.some(({ fires }) => fires > 0)) world.cut('fires');
  if (chunks.some(({ cuts }) => cuts > 0)) world.cut('inbox');
  for (const taken of team.takenIn(batch))
    for (let act = 0; act < programs.acts.length; act++) programs.taken[act] = (programs.taken[act] as number) + (taken[act] as number);
  programs.tell();
  for (const { thread, worlds } of chunks) team.shares[thread] = (team.shares[thread] as number) + worlds;
  return true;
};

/** Takes what a record tells as one thread would have done. False where that is not for the batch to do. */
const isTaken = (search: Search, stream: Int32Array, at: number): boolean => {
  const [parent, state] = [stream[at + memory.parentAt] as number, stream[at + memory.stateAt] as number];
  if (state === memory.stuck) {
    search.standpoint.goTo(parent);
    search.noteDeadlock(parent);
    return true;
  }
  const part = stream[at + memory.partAt] as number;
  if (search.programs.code[part + throwsAt] !== 0) return false;
  const index = state >= 0 ? search.visited.append(stream, at + memory.rowAt, state) : -1;
  if (search.visited.count >= search.limits.states) return false;
  if (index >= 0) {
    search.arrive(index, parent, search.depths.at(parent) + 1);
    search.masks.put(index, stream[at + memory.maskAt] as number);
  }
  return holds(search, stream, at, index);
};

/** Whether all claims hold of the step that a record tells, and of the world to which it leads. @param index of that world, or -1 where it was known. */
const holds = ({ judging, programs, standpoint, visited, watch }: Search, stream: Int32Array, at: number, index: number): boolean => {
  const [parent, part, due] = [stream[at + memory.parentAt], stream[at + memory.partAt], stream[at + memory.dueAt]] as [number, number, number];
  const asked = (programs.code[part + askedAt] as number) & (due | unasked);
  const isAsked = index >= 0 && watch.minds(due);
  if (!isAsked && asked === 0) return true;
  visited.packing.unpack(stream, at + memory.rowAt, standpoint.after);
  if (isAsked) {
    if (judging.failedIn(due) !== null) return false;
    judging.note(due, index, parent);
  }
  if (asked === 0) return true;
  standpoint.goTo(parent);
  if (judging.failedOf(programs.code[part + actAt] as number, asked) !== null) return false;
  if ((asked & unasked) !== 0) programs.askAnew(part);
  return true;
};
