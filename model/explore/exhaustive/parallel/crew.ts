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
  readonly begin: (start: Start) => void;
  /** Whether all of them wait for something to do. */
  readonly isReady: () => boolean;
  readonly tell: (news: News) => void;
  readonly end: () => void;
}
