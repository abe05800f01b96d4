import type { RunReport } from '../../model/explore/report.ts';
import type { RunOptions } from '../../model/explore/run-options.ts';
import { runProtocol } from '../../model/explore/run.ts';

/** What is asked of random runs; the rest is as usual. */
type Asked = Pick<RunOptions, 'protocol' | 'properties'> & Partial<RunOptions>;

/** What `rolecall run` reports of a protocol, at the end of its runs; without a clock, seed 1 where no other is given; for tests. */
export const ran = (asked: Asked): RunReport =>
  runProtocol({
    selected: null,
    seed: 1,
    runs: null,
    timeMs: null,
    maxSteps: null,
    faults: null,
    hosts: null,
    mutant: null,
    regressions: [],
    clock: () => 0,
    shouldStop: () => false,
    ...asked,
  });
