import { expect, it } from 'vitest';
import { twoPhaseCommitCounts } from '../properties/reference/counts.ts';
import { exploreByGraph } from './graph-part.ts';
import { searchWhole } from './searched.ts';
import { checkerOf, oneProcess, processes, spinVersion } from './spin.ts';

const { distinct, generated } = twoPhaseCommitCounts.three;

it('every tool is given the same protocol: its states are counted alike', async () => {
  expect(await searchWhole('two-phase-commit', 'three')).toMatchObject({ distinct, generated });
  expect(exploreByGraph(3).states).toBe(distinct);
});

it('SPIN counts the same states and transitions; as processes, its reduction leaves states out', (context) => {
  if (spinVersion() === null) return context.skip('spin and gcc are not installed: apt-get install spin gcc');
  const counted = [oneProcess, processes, { ...processes, flags: ['-DNOREDUCE'] }].map((model) => {
    const checker = checkerOf(model, 3);
    const spun = checker.run();
    checker.remove();
    return spun;
  });
  expect(counted[0]).toMatchObject({ states: distinct, transitions: generated });
  expect(counted[1]?.states).toBeLessThan((counted[2]?.states ?? 0) / 2);
});
