import { describe, expect, it } from 'vitest';
import { type AgainstReport, runAgainst } from '../../model/explore/against.ts';
import type { Property } from '../../model/property/property.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { pingPong } from '../../spec/reference/ping-pong.ts';
import { twoPhaseCommit } from '../../spec/reference/two-phase-commit.ts';
import { twoPhaseCommitCounts } from './counts.ts';
import { pingPongProperties } from './ping-pong.property.ts';
import { twoPhaseCommitProperties } from './two-phase-commit.property.ts';

const compared = (of: unknown, properties: readonly Property[], seed: number, runs: number, maxStates = 9_000): readonly AgainstReport[] => {
  const running = runAgainst({
    ...{ protocol: of as Protocol, properties, seed, runs, maxStates, hosts: null, maxSteps: null },
    shouldStop: () => false,
  });
  let next = running.next();
  while (next.done !== true) next = running.next();
  return next.value;
};

describe('random runs against an exhaustive search', () => {
  const reports = compared(twoPhaseCommit, twoPhaseCommitProperties, 1, 300);
  const of = (name: string): AgainstReport => reports.find(({ scenario }) => scenario === name) as AgainstReport;

  it('know all that there is to reach', () => {
    expect(of('five').all).toMatchObject({ states: twoPhaseCommitCounts.five.distinct, rules: 7 });
    // TLC takes 761 steps that change something. Where the manager has aborted, one that works may abort for two reasons and
    // get to the same world: that is one participant of three, and six ways to be for each of the two others.
    expect(of('three').all).toEqual({ states: 288, transitions: 761 - 3 * 6 ** 2, rules: 7 });
  });

  it('reach a part of it, each strategy its own', () => {
    for (const { states, transitions, rules, runs } of of('five').random) {
      expect(runs).toBe(300);
      expect(states).toBeGreaterThan(100);
      expect(states).toBeLessThan(twoPhaseCommitCounts.five.distinct / 2);
      expect(transitions).toBeGreaterThan(100);
      expect(rules).toBeLessThanOrEqual(7);
    }
  });

  it('say what is unknown, where the search does not finish', () => {
    expect(of('seven')).toMatchObject({ unknown: 'it has more than 9000 worlds', all: null, random: [] });
  });

  it('are the same for the same seed', () => {
    expect(compared(twoPhaseCommit, twoPhaseCommitProperties, 1, 300)).toEqual(reports);
    expect(compared(twoPhaseCommit, twoPhaseCommitProperties, 2, 300)).not.toEqual(reports);
  });

  it('reach all worlds of what is small', () => {
    const [one] = compared(pingPong, pingPongProperties, 1, 500);
    for (const { states, missedRules } of (one as AgainstReport).random) expect({ states, missedRules }).toEqual({ states: 14, missedRules: [] });
  });
});
