import { throwsAt } from '../layout.ts';
import type { Search } from '../search.ts';
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
  let [fires, cuts] = [0, 0];
  for (const chunk of chunks) {
    const { stream, start, end } = chunk;
    const ref = -(batch.set * team.size + chunk.thread) * stream.length - 1;
    search.generated += chunk.generated;
    fires += chunk.fires;
    cuts += chunk.cuts;
    // Of two records of one world the table tells of the one that comes first. All of a chunk are looked up side by side.
    for (let at = start; at < end; at += size) {
      const place = stream[at + memory.stateAt] as number;
      if (place >= 0 && table[2 * place + 1] !== ref - at) stream[at + memory.stateAt] = memory.step;
    }
    for (let at = start; at < end; at += size) if (!isTaken(search, stream, at)) return false;
  }
  search.expanded = batch.to;
  if (visited.count >= search.limits.states) return false;
  for (let n = 0; n < fires; n++) world.cut('fires');
  for (let n = 0; n < cuts; n++) world.cut('inbox');
  for (const taken of team.takenIn(batch))
    for (let act = 0; act < programs.acts.length; act++) programs.taken[act] = (programs.taken[act] as number) + (taken[act] as number);
  programs.tell();
  for (const { thread, worlds } of chunks) team.shares[thread] = (team.shares[thread] as number) + worlds;
  return true;
};

/** Takes what a record tells as one thread would have done. False where a claim fails. */
const isTaken = (search: Search, stream: Int32Array, at: number): boolean => {
  const [parent, state] = [stream[at + memory.parentAt] as number, stream[at + memory.stateAt] as number];
  if (state === memory.stuck) {
    search.noteStuck(parent);
    return true;
  }
  const part = stream[at + memory.partAt] as number;
  if (search.programs.code[part + throwsAt] !== 0) return false;
  const index = state >= 0 ? search.append(stream, at + memory.rowAt, state, parent) : -1;
  return !search.fails(stream, at + memory.rowAt, index, parent, part, stream[at + memory.dueAt] as number);
};
