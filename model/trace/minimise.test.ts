import { describe, expect, it } from 'vitest';
import type { Action } from '../world/action.ts';
import { type Case, smallerCases } from './edits.ts';
import { minimise } from './minimise.ts';

const crash = (host: string): Action => ({ type: 'Crash', host });
const partition: Action = { type: 'Partition', side: ['ann'], oneWay: false };
const repair: Action = { type: 'Repair' };

const start: Case = {
  setting: {
    hosts: ['ann', 'ben', 'cas'].map((name) => ({ name, roles: ['peer'] })) as unknown as Case['setting']['hosts'],
    edges: [
      [0, 1],
      [1, 2],
      [0, 2],
    ],
    through: undefined,
  },
  actions: [partition, crash('cas'), crash('ben'), crash('cas'), repair],
};

const hostsOf = ({ setting }: Case): readonly string[] => setting.hosts.map(({ name }) => name);

/** What is left of the case while this holds of it. */
const left = (fails: (of: Case) => boolean, limit = 1_000): Case =>
  minimise(
    start,
    (candidate) => (fails(candidate) ? candidate : null),
    { candidates: 0, limit },
    () => ({ causes: [], sends: [] }),
  );

describe('leaving out', () => {
  it('takes hosts and links that nothing needs, and renumbers the links that stay', () => {
    const { setting, actions } = left((of) => hostsOf(of).includes('ben') && of.setting.edges.length >= 1);
    expect(setting.hosts).toHaveLength(2);
    expect(setting.edges).toEqual([[0, 1]]);
    expect(actions).toEqual([]);
  });

  it('takes two steps together that can only go together', () => {
    const isPaired = ({ actions }: Case): boolean => actions.includes(partition) === actions.includes(repair);
    const { actions } = left(
      (of) => hostsOf(of).length === 3 && isPaired(of) && of.actions.some((each) => each.type === 'Crash' && each.host === 'ben'),
    );
    expect(actions).toEqual([crash('ben')]);
  });

  it('ends when its effort is spent, with what still fails', () => {
    expect(left(() => true, 0)).toEqual(start);
    expect(left(() => false)).toEqual(start);
  });

  it('knows of every smaller case that it proposes one at a time', () => {
    const cases = [...smallerCases(start)];
    expect(cases.some((of) => hostsOf(of).join() === 'ann,ben')).toBe(true);
    expect(cases.some((of) => of.setting.edges.length === 2 && of.actions.length === 5)).toBe(true);
    for (const gone of start.actions.keys()) expect(cases.map(({ actions }) => actions)).toContainEqual(start.actions.toSpliced(gone, 1));
    expect(cases.map(({ actions }) => actions)).toContainEqual(start.actions.slice(1, -1));
  });
});
