import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RandomRun, runs } from '../../model/explore/runs.ts';
import { catchesUp, neverBack } from './register.ts';

const claims = [neverBack, catchesUp] as const;

/** Looks for a run of the noisy network that is not as this says, and makes it small by fast-check's own means. */
const shrunk = (isFine: (run: RandomRun) => boolean, mutant?: string) =>
  fc.check(fc.property(runs(claims, 'noisy', mutant === undefined ? {} : { mutant }), isFine), { seed: 1, numRuns: 60 });

const countOf = ({ actions }: RandomRun, type: string): number => actions.filter((action) => action.type === type).length;

describe('random runs as an arbitrary', () => {
  it('have no failure where the protocol is right', () => {
    expect(shrunk(({ failure }) => failure === null).failed).toBe(false);
  });

  it('shrink a planted fault to the two commands that it needs, the later one heard first; the other comes when the network settles', () => {
    const { counterexample, numShrinks } = shrunk(({ failure }) => failure === null, 'takesAny');
    const [run] = counterexample as [RandomRun];
    expect(numShrinks).toBeGreaterThan(2);
    expect(run.failure).toMatchObject({ property: 'NEVER-BACK', part: 'step.neverBack' });
    expect(run.actions.map(({ type }) => type)).toEqual(['Command', 'Command', 'Deliver']);
    expect(run.hosts).toHaveLength(2);
    expect(run.links).toHaveLength(1);
    expect(fc.stringify(run).split('\n')).toHaveLength(4);
  });

  it('shrink what a person finds wrong with a run: faults, with the commands that they need', () => {
    const { counterexample } = shrunk((run) => countOf(run, 'Drop') < 2);
    const [run] = counterexample as [RandomRun];
    expect(countOf(run, 'Drop')).toBe(2);
    expect(run.actions.length).toBeLessThanOrEqual(6);
  });

  it('are the same for the same seed', () => {
    const drawn = (): readonly RandomRun[] => fc.sample(runs(claims, 'noisy'), { seed: 7, numRuns: 5 });
    expect(drawn().map((run) => fc.stringify(run))).toEqual(drawn().map((run) => fc.stringify(run)));
    expect(new Set(drawn().map(({ actions }) => actions.length)).size).toBeGreaterThan(1);
  });
});
