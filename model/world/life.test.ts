import { describe, expect, it } from 'vitest';
import { namedHost } from '../protocol/scenario.ts';
import { note, speakerRole, stage, Theatre } from '../../properties/engine/speaker.ts';

const hosts = ['ann', 'ben', 'cat'].map((name) => namedHost(name, ['speaker']));

const scripts = {
  toAll: [{ type: 'broadcast', message: note(1) }],
  keep: [{ type: 'persist', key: 'a', value: 1 }],
  keepMore: [
    { type: 'persist', key: 'a', value: 2 },
    { type: 'persist', key: 'b', value: 3 },
  ],
  keepSynced: [{ type: 'persist', key: 'a', value: 4 }, { type: 'sync' }],
  both: [
    { type: 'persist', key: 'a', value: 5 },
    { type: 'send', to: 'ben', message: note(2) },
    { type: 'send', to: 'cat', message: note(2) },
  ],
  gossip: [
    { type: 'tell', role: 'other', message: note(7) },
    { type: 'tell', role: 'other', message: note(8) },
  ],
  nobody: [{ type: 'tell', role: 'gone', message: note(9) }],
} as const;

const theatre = (more: object): Theatre => new Theatre(stage({ speaker: speakerRole(scripts) }, { hosts, network: { link: 'datagram' }, ...more }));
const crash = { type: 'Crash', host: 'ann' } as const;
const restart = { type: 'Restart', host: 'ann' } as const;
const stored = (t: Theatre) => t.context('ann')['stored'];

describe('a crash', () => {
  it('loses what was in flight to the host and its volatile state, and keeps what it stored', () => {
    const t = theatre({ faults: { crash: 1 } })
      .perform('ann', 'keep')
      .perform('ben', 'toAll')
      .do({ type: 'Deliver', from: 'ben', fromRole: 'speaker', to: 'ann', toRole: 'speaker', message: 'Note', ordinal: 1 });
    t.perform('ben', 'toAll').perform('ann', 'toAll').do(crash);
    expect(t.inFlight()).toEqual(['ann>ben Note1', 'ben>cat Note1', 'ben>cat Note1', 'ann>cat Note1']);
    expect(t.heard('ann')).toEqual(['ben:1']); // Its last local state, for whoever looks at the dead.
    expect(t.do(restart).heard('ann')).toEqual([]);
    expect(stored(t)).toEqual({ a: 1 });
  });

  it('ends what the host does until it restarts, and what is sent to it is lost', () => {
    const t = theatre({ faults: { crash: 1 } })
      .do(crash)
      .perform('ben', 'toAll');
    expect(t.losses()).toEqual(['ann host down']);
    expect(t.names().some((action) => 'host' in action && action.host === 'ann' && action.type === 'Command')).toBe(false);
    expect(t.can(crash)).toBe(false);
    expect(t.do(restart).can(restart)).toBe(false);
  });

  it.each([
    [0, [], {}],
    [1, [], { a: 5 }],
    [2, ['ann>ben Note2'], { a: 5 }],
  ])('in the middle of a step lets its first %i effects happen', (crashAfter, inFlight, kept) => {
    const t = theatre({ faults: { crashDuringStep: 1 } }).perform('ann', 'both', { crashAfter });
    expect(t.inFlight()).toEqual(inFlight);
    t.do(restart);
    expect(stored(t)).toEqual(kept);
    expect(t.names().some((action) => 'crashAfter' in action)).toBe(false); // The budget is spent.
  });

  it('in the middle of a step is listed for each effect of it', () => {
    const t = theatre({ faults: { crashDuringStep: 1 } });
    const after = t
      .names()
      .flatMap((action) => (action.type === 'Command' && action.host === 'ann' && action.value['script'] === 'both' ? [action.crashAfter] : []));
    expect(after).toEqual([undefined, 0, 1, 2]);
  });
});

describe('storage with sync', () => {
  const sync = { storage: 'sync', faults: { crash: 3, corrupt: 1, uninstall: 1, install: 1, stopRole: 1, startRole: 1 } };

  it('may lose what was written after the last sync, the latest first, or tear the last that is left', () => {
    const crashes = theatre(sync)
      .perform('ann', 'keepMore')
      .names()
      .filter((action) => action.type === 'Crash' && action.host === 'ann');
    expect(crashes).toEqual([crash, { ...crash, lose: 1 }, { ...crash, lose: 2 }, { ...crash, torn: true }, { ...crash, lose: 1, torn: true }]);
  });

  it.each([
    [{}, { a: 2, b: 3 }],
    [{ lose: 1 }, { a: 2 }],
    [{ lose: 2 }, { a: 4 }],
    [{ torn: true }, { a: 2, b: null }],
    [{ lose: 1, torn: true }, { a: null }],
  ])('comes out of a crash with %j as it should', (how, kept) => {
    const t = theatre(sync)
      .perform('ann', 'keepSynced')
      .perform('ann', 'keepMore')
      .do({ ...crash, ...how }, restart);
    expect(stored(t)).toEqual(kept);
  });

  it('survives a role that is stopped and started', () => {
    const t = theatre(sync)
      .perform('ann', 'keep')
      .do({ type: 'StopRole', host: 'ann', role: 'speaker' }, { type: 'StartRole', host: 'ann', role: 'speaker' });
    expect(stored(t)).toEqual({ a: 1 });
  });

  it('is damaged also where it was not yet synced, and gone with a role that is uninstalled', () => {
    const t = theatre(sync).perform('ann', 'keepMore').do({ type: 'Corrupt', host: 'ann', role: 'speaker', key: 'a' }, crash, restart);
    expect(stored(t)).toEqual({ a: null, b: 3 });
    t.perform('ann', 'keep').do({ type: 'Uninstall', host: 'ann', role: 'speaker' }, { type: 'Install', host: 'ann', role: 'speaker' });
    expect(stored(t)).toEqual({});
  });
});

describe('a host', () => {
  it('that is off takes part once it joins', () => {
    const t = new Theatre(
      stage(
        { speaker: speakerRole(scripts) },
        { hosts: [...hosts, namedHost('dan', ['speaker'], { off: true })], network: { link: 'datagram' }, faults: { join: 1 } },
      ),
    );
    expect(t.perform('ann', 'toAll').losses()).toEqual(['dan host down']);
    t.do({ type: 'Join', host: 'dan' }).perform('ann', 'toAll').deliverAll();
    expect(t.heard('dan')).toEqual(['ann:1']);
  });

  it('that leaves does not come back', () => {
    const t = theatre({ faults: { leave: 1 } }).do({ type: 'Leave', host: 'ann' });
    expect(t.names().filter((action) => 'host' in action && action.host === 'ann')).toEqual([]);
  });

  it('that is paused receives, and goes on when it resumes', () => {
    const t = theatre({ faults: { pause: 1 } })
      .do({ type: 'Pause', host: 'ben' })
      .perform('ann', 'toAll')
      .deliverAll();
    expect(t.heard('ben')).toEqual([]);
    expect(t.do({ type: 'Resume', host: 'ben' }).deliverAll().heard('ben')).toEqual(['ann:1']);
  });
});

describe('the roles of a host', () => {
  const pair = (more: object = {}): Theatre =>
    new Theatre(
      stage(
        { speaker: speakerRole(scripts), other: speakerRole({}) },
        { hosts: [namedHost('ann', ['speaker', 'other']), namedHost('ben', ['speaker'])], network: { link: 'datagram' }, ...more },
      ),
    );

  it('tell each other first in first out, without loss', () => {
    const t = pair({ faults: { drop: 2 } }).perform('ann', 'gossip');
    expect(t.names().filter((action) => action.type === 'Drop' || (action.type === 'Deliver' && action.ordinal === 2))).toEqual([]);
    expect(t.deliverAll().heard('ann', 'other')).toEqual(['@here:7', '@here:8']);
  });

  it('may be missing', () => {
    expect(pair().perform('ann', 'nobody').losses()).toEqual(['@here no such role']);
  });

  it('stop and start, and lose what is sent to them meanwhile', () => {
    const t = pair({ faults: { stopRole: 1, startRole: 1 } })
      .do({ type: 'StopRole', host: 'ann', role: 'other' })
      .perform('ann', 'gossip');
    expect(t.losses()).toEqual(['ann no such role', 'ann no such role']);
    expect(t.do({ type: 'StartRole', host: 'ann', role: 'other' }).perform('ann', 'gossip').deliverAll().heard('ann', 'other')).toEqual([
      '@here:7',
      '@here:8',
    ]);
  });
});

describe('timers', () => {
  const timed = {
    initial: 'on',
    states: { on: { after: { 30: { actions: 'hear' }, 10: { actions: 'hear' }, 20: { actions: 'hear' } }, on: { connected: 'on' } } },
  };
  const clock = (more: object = {}): Theatre =>
    new Theatre(stage({ speaker: speakerRole(scripts, timed) }, { hosts, network: { link: 'datagram' }, ...more }));
  const fires = (t: Theatre) =>
    t.names().flatMap((action) => (action.type === 'Fire' && action.host === 'ann' ? [Number(action.timer.split('.')[2])] : []));

  it('that started together fire in the order of their delays, those of different hosts in any', () => {
    const t = clock();
    expect(
      t
        .names()
        .filter((action) => action.type === 'Fire')
        .map((action) => 'host' in action && action.host),
    ).toEqual(['ann', 'ben', 'cat']);
    const order: number[] = [];
    while (fires(t).length > 0) {
      expect(fires(t)).toHaveLength(1);
      order.push(fires(t)[0] as number);
      t.do(t.names().find((action) => action.type === 'Fire' && action.host === 'ann') as never);
    }
    expect(order).toEqual([10, 20, 30]);
  });

  it('fire no more often than the bound, and it is known that the bound cut', () => {
    const t = clock({ bounds: { fires: 1 } });
    t.do(t.names().find((action) => action.type === 'Fire' && action.host === 'ann') as never);
    expect(fires(t)).toEqual([]);
    expect([...t.world.cuts]).toEqual(['fires']);
  });

  it('are gone after a crash, and new after a restart', () => {
    const t = clock({ faults: { crash: 1 } });
    t.do(t.names().find((action) => action.type === 'Fire' && action.host === 'ann') as never, crash);
    expect(fires(t)).toEqual([]);
    expect(fires(t.do(restart))).toEqual([10]);
  });
});

describe('a command', () => {
  it('is given as often as its budget says, over all hosts of the role', () => {
    const t = theatre({ commands: { speaker: { perform: 2 } } })
      .perform('ann', 'toAll')
      .perform('ben', 'toAll');
    expect(t.names().filter((action) => action.type === 'Command')).toEqual([]);
  });
});
