import type { Value } from '../../../model/kernel/value.ts';
import { type FaultName, faultNames } from '../../../model/network/fault.ts';
import {
  type Bounds,
  type HostType,
  type NetworkType,
  type ProcessorType,
  type ScenarioType,
  type TimedType,
  unlimited,
  usualBounds,
} from '../../../model/protocol/scenario.ts';
import type { Subject } from '../subject.ts';
import { code, prose } from '../text/escape.ts';
import { counted, grouped } from '../text/number.ts';
import { anchor, codes, lines, page, table } from './markdown.ts';

const asList = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? (value as readonly T[]) : [value as T]);

/** The network in words: what travels, in which order, and over which links. */
export const networkText = (network: NetworkType): string =>
  [
    network.link === 'connection'
      ? 'connections, first in first out'
      : `datagrams, ${network.ordered === true ? 'first in first out' : 'in any order'}`,
    network.buffer === undefined ? '' : `a role's buffer holds ${counted(network.buffer, 'message')}, and what comes beyond is lost`,
    network.keepsDelivered === true ? 'a delivery does not empty the inbox' : '',
    network.refused === 'stays' ? 'a refused message stays' : '',
    network.topology === undefined
      ? 'mesh'
      : asList(network.topology)
          .map(({ name }) => name)
          .join(' or '),
  ]
    .filter((part) => part !== '')
    .join('; ');

/** The faults that may strike, in one order everywhere: `partition 1, crash 2`. */
export const faultsText = (scenario: ScenarioType): string => {
  const budgets = faultNames.flatMap((name) => budgetOf(scenario, name).map((budget) => `${name} ${budgetText(budget)}`));
  return budgets.length === 0 ? 'no faults' : budgets.join(', ');
};

const budgetText = (budget: number): string => (budget === unlimited ? 'without limit' : grouped(budget));

const budgetOf = (scenario: ScenarioType, fault: FaultName): readonly number[] => {
  const budget = scenario.faults?.[fault] ?? 0;
  return budget > 0 ? [budget] : [];
};

export const commandsText = (scenario: ScenarioType): string =>
  Object.entries(scenario.commands ?? {})
    .flatMap(([role, commands]) => Object.entries(commands).map(([name, budget]) => `${role}.${name} ${budgetText(budget)}`))
    .join(', ');

const boundWords: Readonly<Record<keyof Bounds, (bound: number) => string>> = {
  steps: (bound) => counted(bound, 'step'),
  inbox: (bound) => `${counted(bound, 'message')} in flight to a role`,
  fires: (bound) => (bound === unlimited ? 'timers without limit' : `${counted(bound, 'fire')} for each role's timers`),
  rounds: (bound) => `${counted(bound, 'round')} of settling`,
};

const boundNames = Object.keys(boundWords) as readonly (keyof Bounds)[];
const boundList = (bounds: Partial<Bounds>): string =>
  boundNames
    .flatMap((name) => {
      const bound = bounds[name];
      return bound === undefined ? [] : [boundWords[name](bound)];
    })
    .join(', ');

/** All bounds, also those that a scenario does not state: a bound that cuts is part of the verdict. */
export const boundsText = (scenario: ScenarioType): string => boundList({ ...usualBounds, ...scenario.bounds });

const ticksText = ({ ticks }: ScenarioType): string =>
  ticks === undefined ? '' : `${counted(ticks.most, 'unit')} of ${grouped(ticks.unitMs)} ms, clocks ${grouped(ticks.drift)} apart at most`;

/** The bounds that a scenario states itself; empty where all are the usual ones. */
export const ownBoundsText = (scenario: ScenarioType): string =>
  [boundList(scenario.bounds ?? {}), ticksText(scenario)].filter((part) => part !== '').join(', ');

export const usualBoundsText = boundList(usualBounds);

/** How many hosts there are: `3`, or `2 to 8`. */
export const sizeText = (scenario: ScenarioType): string => {
  if (typeof scenario.hosts !== 'function') return String(scenario.hosts.length);
  const { least, most } = scenario.size ?? { least: 1, most: 1 };
  return least === most ? String(least) : `${least} to ${most}`;
};

const hostsOf = (scenario: ScenarioType): readonly HostType[] =>
  typeof scenario.hosts === 'function' ? scenario.hosts(scenario.size?.most ?? 1) : scenario.hosts;

const valueText = (value: Value): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'bigint' ? String(inner) : inner instanceof Map || inner instanceof Set ? [...inner] : inner,
  ) ?? '';

const hostRow = (host: HostType): readonly string[] => [
  host.name === undefined ? '' : code(host.name),
  codes(host.roles),
  host.off === true ? 'off, may join' : 'up',
  codes(host.stopped ?? []),
  Object.entries(host.params ?? {})
    .map(([role, params]) => `${code(role)}: ${code(valueText(params))}`)
    .join(', '),
];

/** Hosts that are alike stand in one row with their number. */
const hostTable = (scenario: ScenarioType): string => {
  const rows = new Map<string, { readonly cells: readonly string[]; count: number }>();
  for (const host of hostsOf(scenario)) {
    const cells = hostRow(host);
    const row = rows.get(cells.join('\n')) ?? { cells, count: 0 };
    row.count += 1;
    rows.set(cells.join('\n'), row);
  }
  return table(
    ['Hosts', 'Name', 'Roles', 'At first', 'Stopped roles', 'Parameters'],
    [...rows.values()].map(({ cells, count }) => [String(count), ...cells]),
    'No hosts.',
  );
};

/** Whose processor it is, and which steps keep it busy: `echo 200 ms`. */
const processorText = ({ workMs, spread, each }: ProcessorType): string => {
  const work = Object.entries(workMs)
    .filter(([, ms]) => ms > 0)
    .map(([role, ms]) => `${role} ${grouped(ms)} ms`)
    .join(', ');
  return `each ${each === 'role' ? 'role' : 'host'} has a processor that does one step after the other, first come, first served; a step takes ${spread === 'exact' ? 'exactly so long' : 'so long on average, exponentially distributed'}: ${work}; those of other roles take no time`;
};

const timedText = ({ latencyMs: [least, most], commandEveryMs, faultEveryMs, endMs, processor }: TimedType): string =>
  [
    `timed: a message takes ${grouped(least)} to ${grouped(most)} ms, a command of each kind comes every ${grouped(commandEveryMs)} ms and a fault every ${grouped(faultEveryMs)} ms on average, and a run ends after ${grouped(endMs)} ms`,
    ...(processor === undefined ? [] : [processorText(processor)]),
  ].join('; ');

const clockText = (scenario: ScenarioType): string => {
  const { ticks, timed } = scenario;
  if (ticks !== undefined) return `in units: ${ticksText(scenario)}; a timer fires when it is due, a message takes any time`;
  return timed === undefined ? 'untimed: any enabled action may be next' : timedText(timed);
};

const section = (name: string, scenario: ScenarioType, subject: Subject): readonly string[] => {
  const rests = (which: (id: string, property: Subject['properties'][number]) => boolean): string =>
    subject.properties
      .filter((property) => which(name, property))
      .map(({ type }) => code(type.id))
      .join(', ');
  const holds = rests((id, { type }) => type.holdsUnder.includes(id));
  const fails = rests((id, { type }) => type.failsUnder?.[id] !== undefined);
  return [
    `## ${prose(name)}`,
    prose(scenario.doc),
    hostTable(scenario),
    typeof scenario.hosts === 'function' ? `Each random run draws its size: ${sizeText(scenario)} hosts. The table shows the largest.` : '',
    table(
      ['What', 'Value'],
      [
        ...(scenario.domain === undefined ? [] : [['Domain', code(scenario.domain)]]),
        ['Network', prose(networkText(scenario.network))],
        ['Faults', prose(faultsText(scenario))],
        ['Commands', prose(commandsText(scenario) || 'none')],
        [
          'Storage',
          scenario.storage === 'sync' ? 'a crash may lose or tear writes after the last sync' : 'atomic: a persisted value survives at once',
        ],
        ...(scenario.times === undefined ? [] : [['Times of timed commands, seconds', scenario.times.map(grouped).join(', ')]]),
        ['Bounds', prose(boundsText(scenario))],
        ['Clock', prose(clockText(scenario))],
        ['Claimed to hold', holds],
        ['Known to fail', fails],
      ],
      '',
    ),
  ];
};

/** The scenarios of a protocol: first who is struck by what, then each in full. */
export const scenariosPage = (subject: Subject): string => {
  const scenarios = Object.entries(subject.protocol.scenarios);
  return page(
    `# Scenarios of ${prose(subject.protocol.id)}`,
    'A scenario is a bounded situation: its hosts, their network, how often each fault may strike and each command may be given. What undoes a fault (restart, resume, repair, release) is free.',
    '## Faults',
    table(
      ['Scenario', 'Hosts', 'Network', 'Faults', 'Commands'],
      scenarios.map(([name, scenario]) => [
        `[${code(name)}](${anchor(name)})`,
        sizeText(scenario),
        prose(networkText(scenario.network)),
        lines(prose(faultsText(scenario)).split(', ')),
        lines(prose(commandsText(scenario)).split(', ')),
      ]),
      'This protocol has no scenarios.',
    ),
    ...scenarios.flatMap(([name, scenario]) => section(name, scenario, subject)),
  );
};
