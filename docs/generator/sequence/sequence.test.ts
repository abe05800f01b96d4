import { describe, expect, it } from 'vitest';
import { hostile, sampleStory, sampleTrace } from '../fixture.ts';
import { storyOfTrace } from '../story.ts';
import { drawStory } from './draw.ts';
import { flightsOf } from './flights.ts';
import { lifeText } from './words.ts';
import { cutsOf, livesOf } from './lives.ts';

const about = { title: hostile, description: hostile, outcome: hostile };

describe('flights', () => {
  const flights = flightsOf(sampleStory).map(
    ({ name, sentAt, endsAt, end, copy }) => `${name.from} ${name.message} ${name.to}: ${sentAt} ${end} ${endsAt}${copy ? ' copy' : ''}`,
  );

  it('pair every sending with what became of it', () => {
    expect(flights).toEqual([
      'peer1 ask peer1: 0 arrives 1',
      'peer1 offer peer2: 1 arrives 3',
      'peer2 ask peer3: 3 lost 3',
      'late ask peer2: 5 dropped 7',
      'late ask peer1: 5 dropped 8',
      'late ask peer2: 6 arrives 11 copy',
      'peer1 offer peer3: 1 arrives 12',
      'peer3 ask peer1: 12 flying 14',
    ]);
  });

  it('begin where they end when only the trace is known', () => {
    expect(flightsOf(storyOfTrace(sampleTrace)).map((flight) => flight.sentAt)).toEqual([null, null, null, null, null]);
  });
});

describe('lives and cuts', () => {
  it('follow joins, crashes, restarts and departures', () => {
    const lives = livesOf(sampleStory);
    expect(lives.get('late')?.map(({ condition, from }) => [condition, from])).toEqual([
      ['off', -1],
      ['up', 5],
      ['left', 13],
    ]);
    expect(lives.get('peer2')?.map(({ condition, from }) => [condition, from])).toEqual([
      ['up', -1],
      ['crashed', 7],
      ['up', 10],
    ]);
  });

  it('last until the repair', () => {
    expect(cutsOf(sampleStory)).toEqual([{ side: ['peer3'], from: 2, to: 9 }]);
  });
});

describe('a sequence diagram', () => {
  const svg = drawStory(sampleStory, about);

  it('fits a window of 1,280 pixels and says which rules fired', () => {
    expect(Number(/ width="(\d+)"/.exec(svg)?.[1])).toBeLessThanOrEqual(1240);
    for (const rule of ['S-2', 'S-3', 'S-5', 'S-6', 'S-12']) expect(svg).toMatch(new RegExp(`> ?${rule}<`));
  });

  it('gives the same bytes again, and lets no name become markup', () => {
    expect(drawStory(sampleStory, about)).toBe(svg);
    expect(svg).not.toMatch(/<script|alert\("x"\)/);
  });

  it('says how much of a long story it leaves out', () => {
    const steps = Array.from({ length: 40 }, () => sampleStory.steps).flat();
    expect(drawStory({ ...sampleStory, steps }, about)).toContain('470 more steps after these 90 stand in the trace.');
  });
});

describe('what befalls a host', () => {
  it('is said in words, with the role where it is one of several', () => {
    expect(lifeText({ type: 'StopRole', host: 'ann', role: 'server' })).toBe('stop server');
    expect(lifeText({ type: 'Install', host: 'ann', role: 'client' })).toBe('install client');
    expect(lifeText({ type: 'Restart', host: 'ann' })).toBe('restart');
  });
});
