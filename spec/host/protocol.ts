import { star } from '../../model/network/topology.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import { namedHost, type ScenarioType } from '../../model/protocol/scenario.ts';
import { command, role } from '../../model/role/role.ts';
import { messages } from './messages.ts';
import { echo, ping } from './programs.ts';

const roles = {
  ping: role(ping, {
    doc: 'A client program: asks all neighbours whether they are there.',
    talksTo: ['echo'],
    commands: { ping: command<typeof ping>({ doc: 'The user asks who is there, again and again.', fair: true }) },
  }),
  echo: role(echo, { doc: 'A service: replies to whoever asks.', talksTo: ['ping'] }),
};

export type HostRoles = typeof roles;

const both = ['ping', 'echo'];

const scenarios = {
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
    bounds: { steps: 60, rounds: 25 },
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
