import { describe, expect, it } from 'vitest';
import type { PropertyType, WorldView } from '../../model/property/property.ts';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';
import { checked } from '../shared/checked.ts';
import { askers } from './liveness.ts';

const claiming = (holds: (world: WorldView) => boolean, more: Partial<PropertyType> = {}): CheckReport => {
  const { client, server, asking } = askers;
  const protocol = asking(client, server, {});
  return checked({
    protocol,
    properties: [{ protocol, type: { id: 'ASKS', claim: '', holdsUnder: ['one'], always: { holds }, ...more } }],
    scenario: 'one',
  });
};

describe('what a claim asks a world for', () => {
  it.each<[string, (world: WorldView) => boolean, RegExp]>([
    ['a role', (world) => world.every('clint', () => false), /the role called clint, which there is not/],
    ['a role on a host', (world) => world.at('clint', 'client') === undefined, /the role called clint/],
    ['all of a role', (world) => world.all('clint').length === 0, /the role called clint/],
    ['a state', (world) => !world.some('client', (one) => one.matches('aksing')), /the state of client called aksing/],
    ['a tag', (world) => !world.some('client', (one) => one.hasTag('rset')), /the tag of client called rset/],
    ['a monitor', (world) => world.monitor('said') !== 1, /the monitor called said/],
  ])('has to be there: %s', (_, holds, words) => {
    expect(() => claiming(holds)).toThrow(words);
  });

  it('may be everything that there is', () => {
    const all = (world: WorldView): boolean =>
      world.every('client', (one) => one.matches('idle') || one.matches('asking') || one.hasTag('rest')) && world.monitor('said') === 1;
    expect(claiming(all, { monitors: { said: { initial: 1, next: (state) => state } } }).verdict).toBe('holds');
  });
});
