import { setup } from 'xstate';
import { describe, expect, it } from 'vitest';
import { settle } from '../../model/world/settle.ts';
import { defineProperty } from '../../model/property/property.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import { namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';
import { role } from '../../model/role/role.ts';
import type { Rule } from '../../model/role/rule.ts';
import { everyWorldOf } from '../shared/explored.ts';
import { verdicts } from '../shared/verdicts.ts';
import { speakerRole, stage, Theatre } from './speaker.ts';

const source = 'test';

/** Waits so many units of 100 ms, and is done. */
const sleeper = (id: string, units: number) =>
  setup({ types: { meta: {} as Rule }, delays: { sleepMs: 100 * units } }).createMachine({
    id,
    options: { maxIterations: 10 },
    initial: 'asleep',
    states: { asleep: { after: { sleepMs: { target: 'awake', meta: { rule: 'SLEEP-1', source } } } }, awake: { tags: 'rest' } },
  });

const scenario = (more: Partial<ScenarioType> = {}): ScenarioType => ({
  doc: 'Two hosts sleep.',
  hosts: [namedHost('ann', ['early']), namedHost('ben', ['late'])],
  network: { link: 'datagram' },
  bounds: { fires: unlimited },
  ...more,
});

/** Two sleepers that begin together, and the claim that one is never asleep when the other is awake. */
const pair = (early: number, late: number, drift: number, most = 6) => {
  const protocol = defineProtocol({
    id: 'sleepers',
    doc: 'Two hosts wait, each by its clock.',
    source,
    messages: {},
    roles: { early: role(sleeper('early', early), { doc: 'Sleeps.' }), late: role(sleeper('late', late), { doc: 'Sleeps longer.' }) },
    scenarios: { one: scenario({ ticks: { unitMs: 100, most, drift } }) },
  });
  const inOrder = defineProperty(protocol, {
    id: 'IN-ORDER',
    claim: 'Who sleeps longer wakes up later.',
    holdsUnder: ['one'],
    always: { inOrder: (world) => !(world.some('late', ({ value }) => value === 'awake') && world.some('early', ({ value }) => value === 'asleep')) },
    sometimes: {
      bothAreAwake: (world) => world.every('late', ({ value }) => value === 'awake') && world.every('early', ({ value }) => value === 'awake'),
    },
  });
  return { protocol, inOrder };
};

describe('time that passes in units', () => {
  it('keeps an order exactly where the difference is more than clocks may be apart', () => {
    const found: string[] = [];
    const expected: string[] = [];
    for (let early = 1; early <= 4; early++)
      for (let late = 1; late <= 4; late++)
        for (let drift = 1; drift <= 3; drift++) {
          const { protocol, inOrder } = pair(early, late, drift);
          const name = `${early} before ${late}, drift ${drift}`;
          if (late - early <= drift) expected.push(name);
          if (everyWorldOf(protocol, [inOrder], 'one').violated) found.push(name);
        }
    expect(found).toEqual(expected);
  });

  it('lets random runs find the same', () => {
    const verdictOf = (early: number, late: number, drift: number) => {
      const { protocol, inOrder } = pair(early, late, drift);
      return verdicts(protocol, [inOrder], { runs: 150 }).claims.map(({ verdict }) => verdict);
    };
    expect([verdictOf(2, 4, 1), verdictOf(2, 3, 1)]).toEqual([['passes'], ['violated']]);
  });

  it('is refused where the numbers mean nothing, and beside virtual time', () => {
    const timed = { latencyMs: [1, 2], commandEveryMs: 1, faultEveryMs: 1, endMs: 1 } as const;
    const ticks = { unitMs: 100, most: 3, drift: 1 };
    const codeOf = (more: Partial<ScenarioType>): string => {
      try {
        defineProtocol({
          ...pair(1, 2, 1).protocol,
          id: 'refused',
          roles: pair(1, 2, 1).protocol.rolesOver({}),
          scenarios: { one: scenario(more) },
        } as never);
        return 'none';
      } catch (error) {
        return (error as { readonly code: string }).code;
      }
    };
    expect([
      codeOf({ ticks, timed }),
      codeOf({ ticks: { ...ticks, unitMs: 0 } }),
      codeOf({ ticks: { ...ticks, drift: 0.5 } }),
      codeOf({ ticks }),
    ]).toEqual(['TWO_CLOCKS', 'TICKS', 'TICKS', 'none']);
  });
});

describe('a unit of time', () => {
  const states = { asleep: { after: { 150: 'awake' } }, awake: { tags: 'rest' } };
  const theatre = (more: Partial<ScenarioType> = {}): Theatre =>
    new Theatre(
      stage(
        { speaker: speakerRole({}, { initial: 'asleep', states }) },
        {
          hosts: [namedHost('ann', ['speaker']), namedHost('ben', ['speaker'])],
          network: { link: 'datagram' },
          bounds: { fires: unlimited },
          ticks: { unitMs: 100, most: 3, drift: 1 },
          ...more,
        },
      ),
    );
  const tick = (host: string) => ({ type: 'Tick', host }) as const;
  const fire = (host: string) => ({ type: 'Fire', host, role: 'speaker', timer: 'xstate.after.150.speaker.asleep' }) as const;

  it('is needed before a timer fires, and a part of one counts as a whole', () => {
    const t = theatre();
    expect(t.can(fire('ann'))).toBe(false);
    t.do(tick('ann'));
    expect(t.can(fire('ann'))).toBe(false);
    t.do(tick('ben'), tick('ann'));
    expect(t.can(fire('ann'))).toBe(true);
  });

  it('waits for what is due, and for clocks that are behind, and ends with the bound', () => {
    const t = theatre().do(tick('ann'));
    expect(t.can(tick('ann'))).toBe(false);
    t.do(tick('ben'), tick('ann'), tick('ben'));
    expect(t.names()).toEqual([fire('ann'), fire('ben')]);
    t.do(fire('ann'), tick('ann'));
    expect(t.can(tick('ann'))).toBe(false);
    t.do(fire('ben'), tick('ben'));
    expect(t.names()).toEqual([]);
  });

  it('passes for a host that is paused, whatever is due there', () => {
    const t = theatre({ faults: { pause: 1 } }).do(tick('ann'), tick('ben'), tick('ann'), { type: 'Pause', host: 'ann' });
    t.do(tick('ben'), fire('ben'));
    expect(t.can(tick('ann'))).toBe(true);
    t.do(tick('ann'), { type: 'Resume', host: 'ann' });
    expect(t.can(fire('ann'))).toBe(true);
  });

  it('is a bound that cuts where timers are still pending when the clocks stop', () => {
    const { protocol, inOrder } = pair(1, 4, 1, 2);
    const { claims } = verdicts(protocol, [inOrder], { runs: 20 });
    expect(claims[0]?.verdict).toBe('unknown');
    const t = theatre({ ticks: { unitMs: 100, most: 1, drift: 1 } }).do();
    expect([...t.world.cuts]).toEqual([]);
  });

  it('passes on every clock while a world settles, also past the bound', () => {
    const t = theatre({ ticks: { unitMs: 50, most: 1, drift: 1 } });
    const kinds: string[] = [];
    const rests = settle(
      t.world,
      20,
      (move) => kinds.push('fault' in move ? move.fault.type : move.offer.kind) > 0,
      () => true,
    );
    expect([rests, kinds]).toEqual([true, ['Tick', 'Tick', 'Tick', 'Tick', 'Tick', 'Tick', 'Fire', 'Fire']]);
  });
});
