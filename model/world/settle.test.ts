import { describe, expect, it } from 'vitest';
import { namedHost } from '../protocol/scenario.ts';
import { some } from '../role/effect.ts';
import { command } from '../role/role.ts';
import { note, speakerRole, stage, Theatre } from '../../properties/engine/speaker.ts';
import { settle } from './settle.ts';
import type { Move } from './move.ts';

const hosts = ['ann', 'ben', 'cat'].map((name) => namedHost(name, ['speaker']));
const scripts = { all: [{ type: 'broadcast', message: note(1) }], one: [{ type: 'send', to: some(1, ['ben', 'cat']), message: note(2) }] } as const;
const theatre = (more: object = {}, role = speakerRole(scripts)): Theatre =>
  new Theatre(stage({ speaker: role }, { hosts, network: { link: 'datagram' }, ...more }));

/** Settles, and gives the moves that were made and the rounds that it took. */
const settled = (t: Theatre, rounds = 20) => {
  const moves: Move[] = [];
  let last = 0;
  t.world.observer = null;
  const rests = settle(
    t.world,
    rounds,
    (move) => moves.push(move) > 0,
    (round) => (last = round) > 0,
  );
  return { rests, rounds: last, kinds: moves.map((move) => ('fault' in move ? move.fault.type : move.offer.kind)) };
};

describe('settling', () => {
  it('undoes faults, delivers what is in flight, and rests', () => {
    const t = theatre({ faults: { partition: 1, crash: 1, pause: 1, hold: 1 } }).perform('ann', 'all');
    t.do(
      { type: 'Hold', from: 'ann', to: 'cat' },
      { type: 'Partition', side: ['ben'], oneWay: false },
      { type: 'Crash', host: 'ann' },
      { type: 'Pause', host: 'cat' },
    );
    expect(settled(t)).toEqual({ rests: true, rounds: 2, kinds: ['Restart', 'Resume', 'Repair', 'Release', 'Deliver', 'Deliver'] });
    expect([t.heard('ben'), t.heard('cat')]).toEqual([['ann:1'], ['ann:1']]);
  });

  it('breaks the connections of hosts that are gone for good, and restarts none of them', () => {
    const t = theatre({ network: { link: 'connection' }, faults: { leave: 1 } })
      .deliverAll()
      .do({ type: 'Leave', host: 'ann' });
    expect(settled(t).kinds).toEqual(['Break', 'Break', 'Deliver', 'Deliver']);
    expect(t.heard('ben')).toEqual(['+ann', '+cat', '-ann']);
  });

  it('gives fair commands alone, and spreads choices of receivers over its rounds', () => {
    const fair = speakerRole(scripts, {}, { commands: { perform: command({ doc: 'Send.', values: () => [{ script: 'one' }], fair: true }) } });
    expect(settled(theatre()).kinds).toEqual([]);
    const t = theatre({ commands: { speaker: { perform: 6 } } }, fair);
    expect(settled(t).rests).toBe(true);
    expect(t.heard('ben').length).toBeGreaterThan(0);
    expect(t.heard('cat').length).toBeGreaterThan(0);
  });

  it('fires timers when nothing is in flight, without regard to the bound, and ends by its rounds where they never end', () => {
    const t = theatre(
      { bounds: { fires: 2 } },
      speakerRole(scripts, { initial: 'a', states: { a: { after: { 10: 'b' } }, b: { after: { 10: 'a' } } } }),
    );
    const { rests, rounds, kinds } = settled(t, 7);
    expect([rests, rounds, kinds.filter((kind) => kind === 'Fire').length]).toEqual([false, 7, 21]);
    expect([...t.world.cuts]).toEqual([]);
  });

  it('lets the timers of an instance take turns, so that those that change nothing keep no other from firing', () => {
    const idle = (ms: number) => ({ initial: 'waits', states: { waits: { after: { [ms]: { target: 'waits', reenter: true } } } } });
    const works = (ms: number) => ({ initial: 'waits', states: { waits: { after: { [ms]: 'done' } }, done: { tags: 'rest' } } });
    const regions = { a: works(5), b: idle(10), c: idle(20), d: works(30), e: idle(40) };
    const t = theatre({ hosts: [namedHost('ann', ['speaker'])], bounds: { fires: 2 } }, speakerRole(scripts, { type: 'parallel', states: regions }));
    expect(settled(t, 60).rests).toBe(true);
    const { role } = t.system.instances[0] as (typeof t.system.instances)[number];
    expect(role.memory.snapshot(t.world.local(0)).value).toMatchObject({ a: 'done', d: 'done' });
  });

  it('delivers what waited longest, though its answer to others would come first', () => {
    // Each round handles what was there when it began, so that ann's many notes do not starve cat's one.
    const t = theatre({ bounds: { inbox: 200 } }).perform('cat', 'all');
    for (let i = 0; i < 5; i++) t.perform('ann', 'all');
    settled(t, 1);
    expect(t.heard('ben')).toContain('cat:1');
  });

  it('is the same from the same world', () => {
    const run = (): unknown => {
      const t = theatre({ faults: { crash: 1 } })
        .perform('ann', 'all')
        .perform('ben', 'all')
        .do({ type: 'Crash', host: 'cat' });
      return [settled(t), t.world.fingerprint()];
    };
    expect(run()).toEqual(run());
  });
});
