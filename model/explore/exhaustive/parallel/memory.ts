/** Where things stand in the words that all threads share; those that many write lie on lines of their own. */
export const turnAt = 0;
export const taskAt = 1;
export const fromAt = 2;
export const toAt = 3;
/** Places that a thread may take. */
export const roomAt = 4;
/** Which of two sets of records they write. */
export const setAt = 5;
/** Not zero where steps that lead to known worlds may be passed over. */
export const passesAt = 6;
export const nextAt = 16;
export const doneAt = 32;
export const overflowAt = 48;
/** Not zero where a thread failed. */
export const failedAt = 49;
export const controlWords = 64;

/** What threads are to do. */
export const expandTask = 1;
export const endTask = 2;

/** Worlds that a thread takes at once. */
export const chunkWorlds = 64;

/** Where things stand in the entry of a chunk: whose records they are, from where to where, and what was counted. */
export const threadAt = 0;
export const startAt = 1;
export const endAt = 2;
export const generatedAt = 3;
export const firesAt = 4;
export const cutsAt = 5;
export const holesAt = 6;
export const entryWords = 8;

/** Where things stand in a record; its packed row comes last. */
export const parentAt = 0;
export const nthAt = 1;
export const partAt = 2;
export const hashAt = 3;
export const dueAt = 4;
/** The instances that sleep in the world after it, as bits. */
export const maskAt = 5;
/** The place in the table that was taken for it, or what else it is. */
export const stateAt = 6;
export const rowAt = 7;

/** What a record is, where it is no place in the table: a step to a known world, a world with no way on, and one that has to be learned. */
export const step = -1;
export const stuck = -2;
export const hole = -3;

/** Words of records that a thread has, as a power of two, at first. */
export const streamBits = 18;

/** The memory that threads share. */
export interface Memory {
  readonly control: Int32Array;
  /** By set of records: an entry for each chunk. */
  readonly directories: readonly Int32Array[];
  /** By set of records: the instances that sleep in each world of the batch, as bits. */
  readonly masks: readonly Int32Array[];
  /** By set of records, and by thread: its records. */
  streams: readonly (readonly Int32Array[])[];
  /** The same: how often each act was taken. */
  taken: readonly (readonly Int32Array[])[];
}

export const shared = (words: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * words));

/** What is news to threads, since the last time. */
export interface News {
  /** Pairs of a slot and a value. */
  readonly values: Int32Array;
  /** Bits of each slot in a packed row, where that changed. */
  readonly bits: Uint8Array | null;
  readonly table: Int32Array;
  /** Chunks of rows, from this one on. */
  readonly firstChunk: number;
  readonly chunks: readonly Int32Array[];
  /** Of programs: where it stands, its length, its words. */
  readonly code: Int32Array;
  /** An instance, a world, and where its plan stands. */
  readonly seats: Int32Array;
  /** Parts of lists of faults: its number, its slot, a world, how many faults, and their numbers. */
  readonly lists: Int32Array;
  /** Faults: its number, a world, where it stands, how many slots it consults, and these. */
  readonly faults: Int32Array;
  /** An edit, a code, the turn, the flags. */
  readonly replacements: Int32Array;
  readonly stamp: number;
  /** Pairs of the world from which on nothing is in doubt, and the bits that are before. */
  readonly doubts: Int32Array;
  readonly streams: Memory['streams'];
  readonly taken: Memory['taken'];
}

/** Looks so often before it lets the thread sleep. */
const spins = 20_000;

/** Waits until a word that other threads change is this. False where nobody changes it for so many milliseconds. */
export const comesTo = (words: Int32Array, at: number, wanted: number, patienceMs: number): boolean => {
  for (let spin = 0; spin < spins; spin++) if (Atomics.load(words, at) === wanted) return true;
  for (let now = Atomics.load(words, at); now !== wanted; now = Atomics.load(words, at))
    if (Atomics.wait(words, at, now, patienceMs) === 'timed-out') return false;
  return true;
};

/** Waits until a word that other threads change is another than this. Returns it. */
export const waitForOther = (words: Int32Array, at: number, old: number): number => {
  for (let spin = 0; spin < spins; spin++) if (Atomics.load(words, at) !== old) break;
  for (;;) {
    const now = Atomics.load(words, at);
    if (now !== old) return now;
    Atomics.wait(words, at, old);
  }
};
