import type { HostName } from '../../../model/role/effect.ts';

/** Where the columns and rows of a sequence diagram stand. */
export interface Grid {
  /** The lifeline of a host. */
  x(host: HostName): number;
  /** The row of a step; −1 is the start, the number of steps the end. */
  y(step: number): number;
  readonly left: number;
  readonly right: number;
  readonly spacing: number;
}
