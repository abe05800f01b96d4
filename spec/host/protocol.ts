import * as z from 'zod';
import { given, star } from '../../model/network/topology.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import { namedHost, type ScenarioType } from '../../model/protocol/scenario.ts';
import { hostName } from '../../model/role/message.ts';
import { command, role } from '../../model/role/role.ts';
import { caller } from './caller.ts';
import { bridge, station } from './lan.ts';
import { messages } from './messages.ts';
import { echo, ping } from './programs.ts';

const roles = {
  ping: role(ping, {
    doc: 'A client program: asks all neighbours whether they are there.',
    talksTo: ['echo'],
    commands: { ping: command<typeof ping>({ doc: 'The user asks who is there, again and again.', fair: true }) },
    context: z.object({ heard: z.map(hostName(), z.int()) }),
  }),
  echo: role(echo, { doc: 'A service: replies to whoever asks.', talksTo: ['ping', 'caller'] }),
  caller: role(caller, {
    doc: 'A client program that asks one host, and notes whether the answer comes in time.',
    talksTo: ['echo'],
    commands: { call: command<typeof caller>({ doc: 'The user asks, and waits for the answer.' }) },
    context: z.object({ server: hostName() }),
  }),
  station: role(station, {
    doc: 'A computer that sends frames to all others on its LAN.',
    talksTo: ['bridge'],
    commands: { shout: command<typeof station>({ doc: 'Sends a frame to all.' }) },
  }),
  bridge: role(bridge, { doc: 'A switch: sends every frame for all out on its other cables.', talksTo: ['bridge', 'station'] }),
};

export type HostRoles = typeof roles;

const both = ['ping', 'echo'];

/** A host is asked by two others at most in each step and in each round, so that no inbox is ever full. */
const lanBounds = { steps: 60, rounds: 25, inbox: 2 * (60 + 25) } as const;

/** Two stations, each at its own switch; the switches have so many cables between them, of which one end has all but the first stand by. */
const twoSwitches = (cables: number, managed: boolean) => {
  const between = (to: string) => Array.from({ length: cables }, (_, n) => ({ to, cable: n + 1 }));
  const ports = (own: string, other: string, standby: boolean) => ({
    cables: [{ to: own, cable: 1 }, ...between(other)],
    standby: standby ? between(other).slice(1) : [],
  });
  return [
    namedHost('ada', ['station'], { params: { station: { name: 'ada', at: 'east' } } }),
    namedHost('bob', ['station'], { params: { station: { name: 'bob', at: 'west' } } }),
    namedHost('east', ['bridge'], { params: { bridge: ports('ada', 'west', false) } }),
    namedHost('west', ['bridge'], { params: { bridge: ports('bob', 'east', managed) } }),
  ];
};
const wired = { link: 'datagram', topology: given(['ada', 'east'], ['east', 'west'], ['west', 'bob']) } as const;
const shouts = { commands: { station: { shout: 3 } }, bounds: { steps: 30, rounds: 12 }, runs: 30 } as const;

const calls = (name: string) => namedHost(name, ['caller'], { params: { caller: { server: 'sam' } } });

/** Two users call sam, and pia, or sam himself, asks eve. */
const service = (...sam: readonly string[]) => [calls('ann'), calls('ben'), namedHost('sam', sam), namedHost('eve', ['echo'])];
const around = given(['ann', 'sam'], ['ben', 'sam'], ['sam', 'eve']);

/** Each step of these programs takes so long; of two users at once the second one is answered in time, and nobody after them would be. */
const working = (workMs: number) =>
  ({
    timed: {
      latencyMs: [1, 10],
      commandEveryMs: 60,
      faultEveryMs: 1_000,
      endMs: 6_000,
      processor: { workMs: { echo: workMs, ping: workMs }, spread: 'exact' },
    },
    bounds: { fires: 40 },
    runs: 20,
  }) as const;
const asks = { caller: { call: 12 }, ping: { ping: 24 } } as const;

const scenarios = {
  serves: {
    doc: 'Two users call a computer that serves and does nothing else; another one asks on its own.',
    hosts: [...service('echo'), namedHost('pia', ['ping'])],
    network: { link: 'datagram', topology: given(['ann', 'sam'], ['ben', 'sam'], ['pia', 'eve']) },
    commands: asks,
    ...working(200),
  },
  servesAndAsks: {
    doc: 'The computer that two users call asks another one besides, as much as its processor can do.',
    hosts: service('echo', 'ping'),
    network: { link: 'datagram', topology: around },
    commands: asks,
    ...working(200),
  },
  servesAndRests: {
    doc: 'The computer that two users call could ask another one too, and does not.',
    hosts: service('echo', 'ping'),
    network: { link: 'datagram', topology: around },
    commands: { caller: asks.caller },
    ...working(200),
  },
  servesAndAsksFaster: {
    doc: 'The computer that two users call asks another one besides, and is fast enough for both.',
    hosts: service('echo', 'ping'),
    network: { link: 'datagram', topology: around },
    commands: { caller: asks.caller, ping: { ping: 4 } },
    ...working(50),
  },
  twice: {
    doc: 'Two users call a computer, and messages come twice.',
    hosts: [calls('ann'), calls('ben'), namedHost('sam', ['echo'])],
    network: { link: 'datagram', topology: given(['ann', 'sam'], ['ben', 'sam']) },
    faults: { duplicate: 3 },
    commands: { caller: { call: 6 } },
    bounds: { steps: 40 },
    runs: 60,
  },
  lives: {
    doc: 'Hosts join, crash, restart, pause, resume and leave.',
    hosts: [namedHost('ada', both), namedHost('bob', both), namedHost('cyd', both, { off: true })],
    network: { link: 'datagram' },
    faults: { join: 1, crash: 2, crashDuringStep: 1, pause: 2, leave: 1 },
    commands: { ping: { ping: 4 } },
  },
  software: {
    doc: 'Programs are stopped, started, uninstalled and installed while their hosts run on.',
    hosts: [namedHost('ada', both), namedHost('bob', both), namedHost('cyd', both, { stopped: ['echo'] })],
    network: { link: 'datagram' },
    faults: { stopRole: 2, startRole: 2, uninstall: 2, install: 2, crash: 1 },
    commands: { ping: { ping: 4 } },
  },
  lan: {
    doc: 'Three hosts on a switch, which crashes and restarts.',
    hosts: [namedHost('ada', both), namedHost('bob', both), namedHost('cyd', both), namedHost('switch', [])],
    network: { link: 'datagram', topology: star('switch') },
    faults: { crash: 2 },
    commands: { ping: { ping: 140 } },
    bounds: lanBounds,
  },
  splitLan: {
    doc: 'Three hosts on a switch that stays up, and splits: some of its ports do not reach the others.',
    hosts: [namedHost('ada', both), namedHost('bob', both), namedHost('cyd', both), namedHost('switch', [])],
    network: { link: 'datagram', topology: star('switch') },
    faults: { partition: 1 },
    commands: { ping: { ping: 40 } },
    bounds: { ...lanBounds, steps: 40 },
    runs: 20,
  },
  tree: { doc: 'Two switches with a cable between them.', hosts: twoSwitches(1, false), network: wired, ...shouts },
  loop: { doc: 'Two switches with two cables between them, and nobody who manages them.', hosts: twoSwitches(2, false), network: wired, ...shouts },
  managedLoop: { doc: 'Two switches with two cables between them, of which one stands by.', hosts: twoSwitches(2, true), network: wired, ...shouts },
  everyManagedLoop: {
    doc: 'Two switches with two cables between them, of which one stands by; each station sends.',
    hosts: twoSwitches(2, true),
    network: wired,
    commands: { station: { shout: 4 } },
    exhaustive: true,
  },
} as const satisfies Record<string, ScenarioType>;

/** The computers of a network, their lives, and the software on them. */
export const host = defineProtocol({
  id: 'host',
  doc: 'Hosts live, crash and leave; the software that is installed on them determines what they do; a switch connects them.',
  source: 'RFC 1122; RFC 5694, section 2.1',
  messages,
  roles,
  scenarios,
});
