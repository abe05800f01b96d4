import type { FaultName } from '../../model/network/fault.ts';
import type { ScenarioType } from '../../model/protocol/scenario.ts';
import type { Child } from './child.ts';

/** What the driver does to hosts and links. */
export const performed = ['crash', 'join', 'leave', 'pause', 'drop', 'duplicate', 'partition', 'oneWayPartition', 'break', 'hold'] as const;

export type Performed = (typeof performed)[number];

/** Faults that a host does to itself when it is told. */
export const toOne = {
  pause: { words: 'pauses', order: (child: Child) => child.pause(100) },
  drop: { words: 'loses the next datagram that it sends', order: (child: Child) => child.lose() },
  duplicate: { words: 'sends its next datagram twice', order: (child: Child) => child.double() },
} as const;

/** Faults that a scenario has, and a live run leaves out: what strikes in the middle of a step or inside a file. */
export const leftOut = (scenario: ScenarioType): readonly FaultName[] =>
  (Object.entries(scenario.faults ?? {}) as [FaultName, number][])
    .filter(([fault, budget]) => budget > 0 && !(performed as readonly string[]).includes(fault))
    .map(([fault]) => fault);
