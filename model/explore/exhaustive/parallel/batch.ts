import * as memory from './memory.ts';

/** Worlds that are expanded together; what they lead to has places in the table, and no numbers yet. */
export interface Batch {
  /** Which of two sets of records tells of them. */
  readonly set: number;
  readonly from: number;
  readonly to: number;
}

/** What was written of one chunk of the worlds of a batch. */
export interface Chunk {
  /** Which of the batch, from 0. */
  readonly nth: number;
  /** Whose records they are; those of that thread, and where these begin and end. */
  readonly thread: number;
  readonly stream: Int32Array;
  readonly start: number;
  readonly end: number;
  readonly worlds: number;
  readonly generated: number;
  readonly fires: number;
  readonly cuts: number;
  /** Worlds that have to be learned. */
  readonly holes: number;
}

/** The chunks of a batch, in the order of their worlds. */
export const chunksOf = ({ set, from, to }: Batch, { directories, streams }: memory.Memory): readonly Chunk[] => {
  const directory = directories[set] as Int32Array;
  return Array.from({ length: Math.ceil((to - from) / memory.chunkWorlds) }, (_, nth): Chunk => {
    const told = (at: number): number => directory[nth * memory.entryWords + at] as number;
    const thread = told(memory.threadAt);
    return {
      nth,
      thread,
      stream: (streams[set] as readonly Int32Array[])[thread] as Int32Array,
      start: told(memory.startAt),
      end: told(memory.endAt),
      worlds: Math.min(memory.chunkWorlds, to - from - nth * memory.chunkWorlds),
      generated: told(memory.generatedAt),
      fires: told(memory.firesAt),
      cuts: told(memory.cutsAt),
      holes: told(memory.holesAt),
    };
  });
};
