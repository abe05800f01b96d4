import { check } from '../../model/explore/exhaustive/check.ts';
import type { CheckOptions } from '../../model/explore/exhaustive/options.ts';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';

type Asked = Pick<CheckOptions, 'protocol' | 'properties' | 'scenario'> & Partial<CheckOptions>;

/** A search of which nothing else is asked: breadth first, without a clock and without a bound on memory; for tests. */
export const searchOptions = (asked: Asked): CheckOptions => ({
  selected: null,
  mutant: null,
  hosts: null,
  order: 'breadth',
  maxStates: 1_000_000,
  maxDepth: 1_000_000,
  maxBytes: Number.POSITIVE_INFINITY,
  interrupted: () => false,
  usedBytes: () => 0,
  clock: () => 0,
  ...asked,
});

/** What `rolecall check` reports of a scenario, at the end of its search; for tests. */
export const checked = (asked: Asked): CheckReport => {
  const searching = check(searchOptions(asked));
  for (;;) {
    const { done, value } = searching.next();
    if (done) return value;
  }
};
