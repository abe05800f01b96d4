import { describe, expect, it } from 'vitest';
import { drawRun } from '../../model/explore/drawn.ts';
import { namedActions } from '../../model/explore/shrink.ts';
import { Visits } from '../../model/explore/visits.ts';
import { Arena, scenarioOf } from '../../model/property/arena.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import type { TimedType } from '../../model/protocol/scenario.ts';
import { canBeInTime } from '../../model/trace/in-time.ts';
import type { Action } from '../../model/world/action.ts';
import { host } from '../../spec/host/protocol.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { register } from './register.ts';

const drawn = (protocol: Protocol, name: string, seed: number) => {
  const arena = new Arena(protocol, scenarioOf(protocol, name), [], null);
  const { place, run } = drawRun(arena, seed, {
    strategy: 'timed',
    hosts: null,
    faults: null,
    maxSteps: null,
    visits: new Visits(),
    onRun: () => {},
  });
  return { place, timed: arena.timed as TimedType, actions: namedActions(place, run.moves) };
};

const timedOnes = [
  [host, 'serves'],
  [host, 'servesAndAsks'],
  [requestResponse, 'eachWay'],
  [requestResponse, 'eachWayWaiting'],
  [register, 'timed'],
] as const;

describe('a run by virtual time', () => {
  it.each(timedOnes)('is found to be one: %#', (protocol, name) => {
    for (let seed = 1; seed <= 5; seed++) {
      const { place, timed, actions } = drawn(protocol as unknown as Protocol, name, seed);
      expect(actions.length).toBeGreaterThan(3);
      for (const length of [actions.length, actions.length >> 1]) expect(canBeInTime(place, timed, actions.slice(0, length))).toBe(true);
    }
  });
});

describe('what no clock allows', () => {
  const { place, timed } = drawn(host as unknown as Protocol, 'servesAndAsks', 1);
  const call = (name: string): Action => ({ type: 'Command', host: name, role: 'caller', command: 'call', value: {} });
  const late = (name: string): Action => ({ type: 'Fire', host: name, role: 'caller', timer: 'xstate.after.patienceMs.host.caller.waiting' });
  const asks = (name: string): Action => ({
    type: 'Deliver',
    from: name,
    fromRole: 'caller',
    to: 'sam',
    toRole: 'echo',
    message: 'Echo',
    ordinal: 1,
  });
  const isTold = (name: string): Action => ({
    type: 'Deliver',
    from: 'sam',
    fromRole: 'echo',
    to: name,
    toRole: 'caller',
    message: 'EchoReply',
    ordinal: 1,
  });
  const ping: Action = { type: 'Command', host: 'sam', role: 'ping', command: 'ping', value: {} };
  const possible = (...actions: readonly Action[]): boolean => canBeInTime(place, timed, actions);

  it('is a message that takes longer than it can, and a timer that fires before', () => {
    expect(possible(call('ann'), late('ann'))).toBe(false);
    expect(possible(call('ann'), asks('ann'), late('ann'))).toBe(false);
    expect(possible(call('ann'), asks('ann'), isTold('ann'))).toBe(true);
  });

  it('is a processor that does nothing while something waits, and one that does two things at once', () => {
    // Two calls take 400 ms, and a user waits for 500: only what the computer does itself makes one late.
    expect(possible(call('ann'), call('ben'), asks('ann'), isTold('ann'), late('ben'))).toBe(false);
    expect(possible(call('ann'), ping, ping, asks('ann'), late('ann'))).toBe(false);
    expect(possible(call('ann'), ping, ping, late('ann'))).toBe(true);
    expect(possible(ping, call('ann'), asks('ann'), isTold('ann'))).toBe(true);
  });
});
