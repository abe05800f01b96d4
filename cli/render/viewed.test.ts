import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ViewPart } from '../../docs/viewer/view.ts';
import { stageTrace } from '../stage.ts';
import { viewOf } from './viewed.ts';
import { shown } from './words.ts';

const file = join(import.meta.dirname, '../../traces/regressions/blockchain.blameless.blamesTheHeader.json');

describe('a run as a page shows it', () => {
  const view = stageTrace(file).then(({ trace, replay }) =>
    viewOf(replay(trace, false), 'FILE', { spare: [], because: { links: [], left: 0, missing: [] }, noReturn: '', keep: null }),
  );

  it('says what is violated, where, and how to see it again', async () => {
    const { heading, tone, claim, facts, commands, end, values, hosts } = await view;
    expect(heading).toBe('BLAMELESS is violated under liar, with the planted fault blamesTheHeader');
    expect(tone).toBe('bad');
    expect(claim).toContain('No valid block is remembered as bad');
    expect(end.words).toContain('Here BLAMELESS is violated');
    expect(Object.fromEntries(facts)).toMatchObject({ protocol: 'blockchain', scenario: 'liar', seed: expect.stringMatching(/^\d+, \w+$/) });
    expect(commands[0]).toEqual(['replay it', 'npx rolecall replay FILE']);
    expect(values.map(({ host }) => host)).toEqual(['ann', 'ben']);
    expect(hosts).toEqual(['ann', 'ben', 'lou']);
  });

  it('tells each step with rules and differences, and each part is a part of the world before', async () => {
    const { steps, story, start } = await view;
    expect(steps.length).toBe(story.steps.length);
    const barring = steps.find(({ rules }) => rules.includes('ETH-9'));
    expect(barring?.changes).toContainEqual({ host: 'ann', field: 'peer/barred', before: null, after: 'lou' });
    const keys = new Set(start.map(({ host, part }) => `${host} ${part}`));
    const changed = steps.flatMap(({ parts }) => parts.map(({ host, part }: ViewPart) => `${host} ${part}`));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((key) => !keys.has(key))).toEqual([]);
  });
});

describe('a value in one line', () => {
  it('is cut where the room ends, however deep it nests', () => {
    const chain = Array.from({ length: 100_000 }).reduce<{ readonly below: unknown }>((below) => ({ below }), { below: null });
    expect(shown(chain as never, 24)).toBe('{below: {below: {below:…');
    expect(shown({ a: [1, 2n, 'x'], b: new Set([1]), c: new Map([[1, null]]) })).toBe('{a: [1, 2, x], b: {1}, c: {1 → null}}');
    expect(shown(['', 'x'])).toBe('[, x]');
    expect(shown([1, 2, 3], 6)).toBe('[1, 2…');
    expect(shown([1, 2, 3], 9)).toBe('[1, 2, 3]');
  });
});
