import { describe, expect, it } from 'vitest';
import { emit } from 'xstate';
import { namedHost } from '../protocol/scenario.ts';
import { star } from '../network/topology.ts';
import { some, othersOf } from '../role/effect.ts';
import { note, speakerRole, stage, Theatre } from '../../properties/engine/speaker.ts';

const hosts = ['ann', 'ben', 'cat'].map((name) => namedHost(name, ['speaker']));

const scripts = {
  toBen: [{ type: 'send', to: 'ben', message: note(1) }],
  toBenTwo: [{ type: 'send', to: 'ben', message: note(2) }],
  toAll: [{ type: 'broadcast', message: note(3) }],
  notCat: [{ type: 'broadcast', message: note(4), except: ['cat'] }],
  toZoe: [{ type: 'send', to: 'zoe', message: note(5) }],
  pick: [
    { type: 'send', to: some(1, ['ann', 'ben', 'cat'], 'l'), message: note(6) },
    { type: 'send', to: othersOf('l'), message: note(7) },
  ],
  two: [
    { type: 'send', to: 'ben', message: note(1) },
    { type: 'send', to: 'ben', message: note(2) },
  ],
} as const;

const deliver = (from: string, to: string, ordinal: number) =>
  ({ type: 'Deliver', from, fromRole: 'speaker', to, toRole: 'speaker', message: 'Note', ordinal }) as const;
const cut = { type: 'Partition', side: ['ben'], oneWay: false } as const;

const theatre = (network: object, more: object = {}): Theatre =>
  new Theatre(stage({ speaker: speakerRole(scripts) }, { hosts, network: { link: 'datagram', ...network }, ...more }));

describe('a datagram link', () => {
  it('keeps no order', () => {
    const t = theatre({}).perform('ann', 'two');
    expect(t.do(deliver('ann', 'ben', 2), deliver('ann', 'ben', 1)).heard('ben')).toEqual(['ann:2', 'ann:1']);
  });

  it('keeps it where the scenario says so', () => {
    const t = theatre({ ordered: true }).perform('ann', 'two');
    expect(t.can(deliver('ann', 'ben', 2))).toBe(false);
    expect(t.do(deliver('ann', 'ben', 1), deliver('ann', 'ben', 2)).heard('ben')).toEqual(['ann:1', 'ann:2']);
  });

  it('loses what is sent across a cut; what is in flight waits for Repair', () => {
    const t = theatre({}, { faults: { partition: 1 } })
      .perform('ann', 'toBen')
      .do(cut)
      .perform('ann', 'toBenTwo');
    expect(t.losses()).toEqual(['ben cut']);
    expect(t.inFlight()).toEqual(['ann>ben Note1']);
    expect(t.can(deliver('ann', 'ben', 1))).toBe(false);
    expect(t.do({ type: 'Repair' }).deliverAll().heard('ben')).toEqual(['ann:1']);
    expect(t.can(cut)).toBe(false); // The budget is spent.
  });

  it('is cut in one direction by a one-way partition', () => {
    const t = theatre({}, { faults: { oneWayPartition: 1 } }).do({ ...cut, oneWay: true });
    t.perform('ben', 'toAll');
    expect(t.losses()).toEqual(['ann cut', 'cat cut']);
    expect(t.perform('ann', 'toBen').deliverAll().heard('ben')).toEqual(['ann:1']);
  });

  it('drops and duplicates within the budgets, each copy with an ordinal of its own', () => {
    const t = theatre({}, { faults: { drop: 1, duplicate: 1 } }).perform('ann', 'toBen');
    const { type: _, ...name } = deliver('ann', 'ben', 1);
    t.do({ type: 'Duplicate', ...name }, deliver('ann', 'ben', 1), { type: 'Drop', ...name, ordinal: 2 });
    expect([t.heard('ben'), t.inFlight()]).toEqual([['ann:1'], []]);
    t.perform('ann', 'toBen');
    expect(t.can({ type: 'Drop', ...name, ordinal: 3 })).toBe(false);
  });

  it('holds back without loss until Release', () => {
    const t = theatre({}, { faults: { hold: 1 } })
      .do({ type: 'Hold', from: 'ann', to: 'ben' })
      .perform('ann', 'toBen');
    expect(t.can(deliver('ann', 'ben', 1))).toBe(false);
    expect(t.do({ type: 'Release', from: 'ann', to: 'ben' }).deliverAll().heard('ben')).toEqual(['ann:1']);
  });

  it('leaves a message in its inbox where the network keeps what it delivers', () => {
    const t = theatre({ keepsDelivered: true }).perform('ann', 'toBen').perform('ann', 'toBen');
    expect(t.inFlight()).toEqual(['ann>ben Note1']);
    expect(t.do(deliver('ann', 'ben', 1), deliver('ann', 'ben', 1)).heard('ben')).toEqual(['ann:1', 'ann:1']);
  });

  it('loses what a full inbox cannot take, and says that a bound cut', () => {
    const t = theatre({}, { bounds: { inbox: 1 } }).perform('ann', 'two');
    expect(t.losses()).toEqual(['ben inbox full']);
    expect([...t.world.cuts]).toEqual(['inbox']);
  });

  it('loses what is beyond a buffer, which is no bound that cuts, and has room again after a delivery', () => {
    const t = theatre({ buffer: 1 }).perform('ann', 'two');
    expect([t.losses(), t.inFlight().length, [...t.world.cuts]]).toEqual([['ben inbox full'], 1, []]);
    expect(t.deliverAll().perform('ann', 'toBen').losses()).toEqual([]);
  });

  it.each([{ buffer: 0 }, { buffer: 1.5 }, { link: 'connection', buffer: 1 }] as const)('has a buffer that can be one: not %j', (network) => {
    expect(() => theatre(network)).toThrow(expect.objectContaining({ code: 'BUFFER' }));
  });
});

describe('whom a message reaches', () => {
  it('is every neighbour but those that are excepted', () => {
    const t = theatre({}).perform('ann', 'toAll').perform('ann', 'notCat');
    expect(t.inFlight()).toEqual(['ann>ben Note3', 'ann>ben Note4', 'ann>cat Note3']);
  });

  it('is nobody, with the reason, where there is no link, or no role that hears it', () => {
    const t = theatre({ topology: { name: 'none', edges: () => [[1, 2]] } });
    expect(t.perform('ann', 'toBen').losses()).toEqual(['ben not linked']);
    const deaf = speakerRole({}, { on: { perform: {} } });
    const two = [namedHost('ann', ['speaker']), namedHost('ben', ['deaf'])];
    const other = new Theatre(stage({ speaker: speakerRole(scripts), deaf }, { hosts: two, network: { link: 'datagram' } }));
    expect(other.perform('ann', 'toBen').losses()).toEqual(['ben no such role']);
  });

  it('is a violation where no scenario has such a host', () => {
    expect(theatre({}).perform('ann', 'toZoe').world.threw).toMatchObject({
      host: 'ann',
      error: expect.stringContaining('zoe, a host of no scenario'),
    });
  });

  it('is a choice that stands open: every one is listed, and the others get the rest', () => {
    const t = theatre({});
    const picks = t
      .names()
      .flatMap((action) => (action.type === 'Command' && action.host === 'ann' && action.value['script'] === 'pick' ? [action.picks] : []));
    expect(picks).toEqual([[['ann']], [['ben']], [['cat']]]);
    t.perform('ann', 'pick', { picks: [['ben']] });
    expect(t.inFlight()).toEqual(['ann>ann Note7', 'ann>ben Note6', 'ann>cat Note7']);
  });
});

describe('a role that chooses as it starts', () => {
  it('is told that nothing can be drawn there', () => {
    const eager = speakerRole(scripts, { entry: emit({ type: 'send', to: some(1, ['ben', 'cat']), message: note(1) } as never) });
    const t = new Theatre(stage({ speaker: eager }, { hosts, network: { link: 'datagram' } }));
    expect(t.world.threw?.error).toMatch(/chooses among hosts as it starts/);
  });
});

describe('a connection', () => {
  const connected = (more: object = {}): Theatre => theatre({ link: 'connection' }, more);

  it('is heard of at both ends, and is first in first out', () => {
    const t = connected().perform('ann', 'two').deliverAll();
    expect(t.heard('ben')).toEqual(['+ann', 'ann:1', 'ann:2', '+cat']);
  });

  it('waits across a cut, until Break is forced: what was in flight is lost and both ends hear it', () => {
    const t = connected({ faults: { partition: 1 } })
      .deliverAll()
      .do(cut)
      .perform('ann', 'toBen');
    expect(t.inFlight()).toEqual(['ann>ben Note1']);
    expect(t.can(deliver('ann', 'ben', 1))).toBe(false);
    t.do({ type: 'Break', between: ['ann', 'ben'] });
    expect(t.inFlight().filter((each) => each.includes('Note'))).toEqual([]);
    t.deliverAll();
    expect([t.heard('ann').at(-1), t.heard('ben').at(-1)]).toEqual(['-ben', '-ann']);
    expect(t.perform('ann', 'toBen').losses()).toEqual(['ben not connected']);
    t.do({ type: 'Repair' }).deliverAll();
    expect([t.heard('ann').at(-1), t.heard('ben').at(-1)]).toEqual(['+ben', '+ann']);
  });

  it('delivers what waited where it is repaired in time', () => {
    const t = connected({ faults: { partition: 1 } })
      .deliverAll()
      .do(cut)
      .perform('ann', 'toBen')
      .do({ type: 'Repair' })
      .deliverAll();
    expect(t.heard('ben')).toEqual(['+ann', '+cat', 'ann:1']);
  });

  it('is gone for an end that has not yet read of it, even where a new one stands', () => {
    const t = connected({ faults: { break: 1 } })
      .deliverAll()
      .do({ type: 'Break', between: ['ann', 'ben'] }, { type: 'Repair' });
    expect(t.perform('ann', 'toBen').losses()).toEqual(['ben not connected']);
    t.deliverAll().perform('ann', 'toBen').deliverAll();
    expect(t.heard('ben')).toEqual(['+ann', '+cat', '-ann', '+ann', 'ann:1']);
  });

  it('is not dropped, duplicated or reordered', () => {
    const t = connected({ faults: { drop: 1, duplicate: 1 } }).perform('ann', 'two');
    expect(t.names().filter((action) => action.type === 'Drop' || action.type === 'Duplicate')).toEqual([]);
  });

  it('still carries what a host sent before it crashed in the middle of a step; then it is broken', () => {
    const t = connected({ faults: { crashDuringStep: 1 } })
      .deliverAll()
      .perform('ann', 'two', { crashAfter: 1 });
    expect(t.inFlight()).toEqual(['ann>ben Note1']);
    expect(
      t
        .do(deliver('ann', 'ben', 1))
        .heard('ben')
        .at(-1),
    ).toBe('ann:1');
    t.do({ type: 'Break', between: ['ann', 'ben'] }).deliverAll();
    expect(t.heard('ben').at(-1)).toBe('-ann');
  });

  it('is new after a restart: the other end hears of the end of the old one first', () => {
    const t = connected({ faults: { crash: 1 } })
      .deliverAll()
      .perform('ann', 'toBen')
      .do({ type: 'Crash', host: 'ann' }, { type: 'Restart', host: 'ann' });
    expect(t.inFlight().filter((each) => each.includes('Note'))).toEqual([]);
    t.deliverAll();
    expect(t.heard('ben')).toEqual(['+ann', '+cat', '-ann', '+ann']);
    expect(t.heard('ann')).toEqual(['+ben', '+cat']);
  });

  it('does not come back by a restart while it is cut, but by Repair', () => {
    const t = connected({ faults: { crash: 1, partition: 1 } })
      .deliverAll()
      .do(cut, { type: 'Crash', host: 'ben' }, { type: 'Restart', host: 'ben' })
      .deliverAll();
    expect(t.heard('ben')).toEqual([]);
    expect(t.perform('ben', 'toAll').losses()).toEqual([]);
    t.do({ type: 'Repair' }).deliverAll();
    expect(t.heard('ben')).toEqual(['+ann', '+cat']);
    expect(t.heard('ann')).toEqual(['+ben', '+cat', '-ben', '+ben']);
  });

  it('ends with a role that is stopped, and stands again when it starts', () => {
    const t = connected({ faults: { stopRole: 1, startRole: 1 } })
      .deliverAll()
      .do({ type: 'StopRole', host: 'ann', role: 'speaker' }, { type: 'StartRole', host: 'ann', role: 'speaker' });
    expect(
      t
        .perform('ben', 'toAll')
        .inFlight()
        .filter((each) => each.includes('Note')),
    ).toEqual(['ben>cat Note3']);
    expect(t.deliverAll().heard('ben')).toEqual(['+ann', '+cat', '-ann', '+ann']);
  });

  it('does not come back with a role that starts while the hosts are disconnected', () => {
    const t = connected({ faults: { stopRole: 1, startRole: 1, break: 1 } }).deliverAll();
    t.do(
      { type: 'Break', between: ['ann', 'ben'] },
      { type: 'StopRole', host: 'ann', role: 'speaker' },
      { type: 'StartRole', host: 'ann', role: 'speaker' },
    ).deliverAll();
    expect(t.heard('ann')).toEqual(['+cat']);
    expect(t.do({ type: 'Repair' }).deliverAll().heard('ann')).toEqual(['+cat', '+ben']);
  });
});

describe('a star', () => {
  const switched = [...hosts, namedHost('switch', [])];
  const overSwitch = (link: string, faults: object): Theatre =>
    new Theatre(
      stage({ speaker: speakerRole(scripts) }, { hosts: switched, network: { link: link as 'datagram', topology: star('switch') }, faults }),
    );

  it('carries nothing while its switch is down', () => {
    const t = overSwitch('datagram', { crash: 1 }).perform('ann', 'toBen').do({ type: 'Crash', host: 'switch' });
    expect(t.can(deliver('ann', 'ben', 1))).toBe(false);
    expect(t.perform('ann', 'toBenTwo').losses()).toEqual(['ben cut']);
    expect(t.do({ type: 'Restart', host: 'switch' }).deliverAll().heard('ben')).toEqual(['ann:1']);
  });

  it('breaks its connections in the end while its switch is down', () => {
    const t = overSwitch('connection', { crash: 1 }).deliverAll().perform('ann', 'toBen').do({ type: 'Crash', host: 'switch' });
    t.do({ type: 'Break', between: ['ann', 'ben'] }).deliverAll();
    expect(t.heard('ben')).toEqual(['+ann', '+cat', '-ann']);
    expect(t.can({ type: 'Repair' })).toBe(false);
    t.do({ type: 'Restart', host: 'switch' }, { type: 'Repair' }).deliverAll();
    expect(t.heard('ben')).toEqual(['+ann', '+cat', '-ann', '+ann']);
  });

  it('lists no partition that would cut nothing', () => {
    const t = overSwitch('datagram', { partition: 1 });
    const sides = t.names().flatMap((action) => (action.type === 'Partition' ? [action.side] : []));
    expect(sides).toEqual([['ben'], ['cat'], ['ben', 'cat']]);
  });
});
