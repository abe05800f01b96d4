import type { FaultSlots } from '../fault-seats.ts';
import type { SeatSlots } from '../seats.ts';
import type { Memory, News } from './memory.ts';

/** What another thread begins with. */
export interface Start {
  readonly width: number;
  readonly slots: SeatSlots;
  readonly faults: readonly FaultSlots[];
  readonly memory: Memory;
}

/** The other threads of a search. */
export interface Crew {
  /** How many they are. */
  readonly size: number;
  /** One that says nothing for so many milliseconds is given up. */
  readonly patienceMs: number;
  readonly begin: (start: Start) => void;
  /** Whether all of them wait for something to do. */
  readonly isReady: () => boolean;
  readonly tell: (news: News) => void;
  /** How many have ended before they were let go. */
  readonly lost: () => number;
  /** What one of them has thrown, once it has said that it failed. */
  readonly thrown: () => unknown;
  readonly end: () => void;
}
