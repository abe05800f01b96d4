/** What an exhaustive search must find: distinct worlds, steps with those that change nothing, and worlds on the longest path. */
export interface Counts {
  readonly distinct: number;
  /** Left out where nobody has published it. */
  readonly generated?: number;
  readonly depth?: number;
}

/** TLC's counts of Gray and Lamport's TwoPhase.tla. */
export const twoPhaseCommitCounts = {
  three: { distinct: 288, generated: 1_146, depth: 11 },
  five: { distinct: 8_832, generated: 58_146, depth: 17 },
  six: { distinct: 50_816, generated: 402_306, depth: 20 },
  seven: { distinct: 296_448, generated: 2_744_706, depth: 23 },
  eight: { distinct: 1_745_408, generated: 18_507_778, depth: 26 },
  nine: { distinct: 10_340_352, generated: 123_558_402, depth: 29 },
} as const satisfies Readonly<Record<string, Counts>>;

/** TLC's counts of TCommit.tla; for more managers the test enumerates. */
export const transactionCommitCounts = {
  three: { distinct: 34, generated: 94, depth: 7 },
} as const satisfies Readonly<Record<string, Counts>>;

/** Stateright's, as its own tests assert them. */
export const pingPongCounts = { one: { distinct: 14 }, five: { distinct: 4_094 }, fiveCalm: { distinct: 11 } } as const satisfies Readonly<
  Record<string, Counts>
>;

export const singleCopyRegisterCounts = { oneServer: { distinct: 93 } } as const satisfies Readonly<Record<string, Counts>>;
