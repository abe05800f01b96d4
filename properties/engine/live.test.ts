import { describe, expect, it } from 'vitest';
import { Random } from '../../model/kernel/random.ts';
import { liveInMemory } from '../../model/live/fixture.ts';
import { LiveHost } from '../../model/live/host.ts';
import { isRoleLine, type Log, type LogLine, logText, type RoleLine } from '../../model/live/log.ts';
import { pastOf } from '../../model/live/past.ts';
import { readLog } from '../../model/live/read.ts';
import { validate } from '../../model/live/validate.ts';
import { mesh } from '../../model/network/topology.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { namedHost, type ScenarioType } from '../../model/protocol/scenario.ts';
import { Engine } from '../../model/world/engine.ts';
import { settingOf, System } from '../../model/world/system.ts';
import { note, type Scripts, speakerRole, stage } from './speaker.ts';

/**
 * Live hosts do what the model allows whatever their roles emit, while roles stop and start, values are damaged and hosts
 * crash in the middle of a step; and a log that tells something else of these is refused at that step.
 */

const scripts: Scripts = {
  all: [{ type: 'broadcast', message: note(1) }],
  keep: [
    { type: 'broadcast', message: note(2) },
    { type: 'persist', key: 'k', value: 1 },
    { type: 'broadcast', message: note(3) },
    { type: 'persist', key: 'l', value: 2 },
  ],
  tell: [{ type: 'tell', role: 'other', message: note(4) }],
};
const beats = { initial: 'a', states: { a: { after: { 10: 'b', 20: { actions: 'hear' } } }, b: { after: { 5: 'a' } } } };
const faults = { crash: 2, crashDuringStep: 3, join: 1, corrupt: 3, stopRole: 4, startRole: 4, install: 3, uninstall: 3 };
const hosts = [
  namedHost('ann', ['speaker', 'other']),
  namedHost('ben', ['speaker', 'other'], { stopped: ['other'] }),
  namedHost('cat', ['speaker'], { off: true }),
];

const protocolOf = (network: ScenarioType['network'], of = faults): Protocol =>
  stage(
    { speaker: speakerRole(scripts, beats), other: speakerRole({ all: [{ type: 'broadcast', message: note(5) }] }) },
    { hosts, network: { topology: mesh(), ...network }, faults: of, commands: { speaker: { perform: 30 }, other: { perform: 10 } } },
  );

const ran = (protocol: Protocol, seed: number): Log => readLog(logText(liveInMemory(protocol, 'one', { seed, steps: 400 })), 'log');

const networks = [
  ['datagrams', { link: 'datagram' }],
  ['connections', { link: 'connection' }],
] as const;

const kinds = (log: Log): readonly string[] =>
  log.lines.map((line) =>
    isRoleLine(line) && line.crashedAfter !== undefined ? 'crashedAfter' : 'how' in line.event ? line.event.how : line.event.type,
  );

describe.each(networks)('hosts that are joined by %s', (_, network) => {
  const protocol = protocolOf(network);
  const logs = Array.from({ length: 10 }, (_each, at) => ran(protocol, at + 1));

  it('do what the model allows, whatever befalls them', () => {
    for (const [at, log] of logs.entries()) {
      const { verdict, divergence, placed } = validate(protocol, log);
      expect([verdict, divergence?.says, placed], `seed ${at + 1}`).toEqual(['allowed', undefined, log.lines.length]);
    }
    const seen = new Set(logs.flatMap(kinds));
    for (const kind of ['stopRole', 'startRole', 'uninstall', 'install', 'corrupt', 'crashedAfter', 'restart', 'join']) expect(seen).toContain(kind);
  });

  /** A log that has such a line, with that line changed or left out; the steps of its host are counted anew. */
  const doctored = (is: (line: LogLine) => boolean, change: (line: LogLine) => LogLine): { readonly log: Log; readonly at: number } => {
    const log = logs.find(({ lines }) => lines.some(is));
    if (log === undefined) throw new Error('no run has such a line');
    const at = log.lines.findIndex(is);
    return { log: { ...log, lines: log.lines.map((line, index) => (index === at ? change(line) : line)) }, at };
  };

  it('are refused where a role that was stopped takes a step', () => {
    const { log, at } = doctored(
      ({ event }) => event.type === 'stopRole',
      (line) => ({ ...line, event: { type: 'stopRole', role: 'nobody' } }),
    );
    expect(validate(protocol, log)).toMatchObject({ verdict: 'refused', divergence: { line: at + 2 } });
  });

  it('are refused where a role starts with more than its host has stored', () => {
    const { log, at } = doctored(
      (line) => isRoleLine(line) && line.event.type === 'start' && line.event.how === 'install',
      (line) => ({ ...(line as RoleLine), state: '0123456789abcdef' }),
    );
    expect(validate(protocol, log)).toMatchObject({ verdict: 'refused', divergence: { line: at + 2, field: 'state', certain: true } });
  });

  it('are refused where the crash comes after the last effect', () => {
    const { log, at } = doctored(
      (line) => isRoleLine(line) && line.crashedAfter !== undefined,
      (line) => ({ ...(line as RoleLine), crashedAfter: (line as RoleLine).effects.length }),
    );
    expect(validate(protocol, log)).toMatchObject({ verdict: 'refused', divergence: { line: at + 2, field: 'event', certain: true } });
  });

  it('are refused where a value that was damaged is read', () => {
    // Ann restarts with what she stored, though the log says that it was damaged: her state is another.
    const { log, at } = doctored(
      ({ event }) => event.type === 'corrupt',
      (line) => ({ ...line, event: { type: 'corrupt', role: 'speaker', key: 'never stored' } }),
    );
    expect(validate(protocol, log)).toMatchObject({ verdict: 'refused', divergence: { line: at + 2 } });
  });
});

describe('a clock that goes wrong', () => {
  const timed = stage(
    { speaker: speakerRole(scripts, beats) },
    {
      hosts: [namedHost('ann', ['speaker']), namedHost('ben', ['speaker'])],
      network: { link: 'datagram' },
      faults: { skew: 2 },
      timed: { latencyMs: [1, 2], commandEveryMs: 10, faultEveryMs: 10, endMs: 1_000 },
    },
  );
  const log = ran(timed, 1);

  it('is in the log, at a rate that the model has', () => {
    expect(kinds(log)).toContain('skew');
    expect(validate(timed, log)).toMatchObject({ verdict: 'allowed' });
    const at = log.lines.findIndex(({ event }) => event.type === 'skew');
    const lines = log.lines.map((line, index): LogLine => (index === at ? ({ ...line, event: { type: 'skew', perMille: 700 } } as LogLine) : line));
    expect(validate(timed, { ...log, lines })).toMatchObject({ verdict: 'refused', divergence: { line: at + 2, says: 'skew is not possible now' } });
  });

  it('changes how long the timers take that are started from then on', () => {
    const system = new System(
      new Engine(timed, 'plain', null),
      timed.scenarios['one'] as ScenarioType,
      settingOf(timed.scenarios['one'] as ScenarioType, 0, new Random(1)),
      0,
    );
    const armed: number[] = [];
    const around = { send: () => {}, keep: () => {}, damage: () => {}, invoke: () => {}, abandon: () => {} };
    const host = new LiveHost(system, 'ann', { ...pastOf([]), stored: {} }, new Random(1), {
      ...around,
      arm: (_instance, _timer, _round, delayMs) => armed.push(delayMs),
    });
    host.boot('start', ['ben'], {});
    host.skew(500);
    host.fire(0, 'xstate.after.10.speaker.a', 1);
    expect(armed).toEqual([10, 20, 10]);
  });
});

it('what the scenario has no budget for did not happen', () => {
  const [, [, network]] = networks;
  const log = Array.from({ length: 4 }, (_each, at) => ran(protocolOf(network), at + 1)).find(({ lines }) =>
    kinds({ lines } as Log).includes('crashedAfter'),
  );
  const poorer = protocolOf(network, { ...faults, crashDuringStep: 0 });
  expect(validate(poorer, log as Log)).toMatchObject({ verdict: 'refused', divergence: { says: expect.stringContaining('no further crash') } });
});
