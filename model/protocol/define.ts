import type { AnyStateMachine } from 'xstate';
import { RolecallError } from '../kernel/errors.ts';
import { didYouMean } from '../kernel/nearest.ts';
import { byCodeUnits } from '../kernel/order.ts';
import { checkMachine } from '../role/check.ts';
import { heardBy } from '../role/nodes.ts';
import { invocationsOf } from '../role/invocation.ts';
import type { RoleType } from '../role/role.ts';
import type { MessageType } from '../role/message.ts';
import type { Domain, Mutant, Protocol, Roles } from './protocol.ts';
import type { HostType, NetworkType, ScenarioType } from './scenario.ts';

const fault = (code: string, place: string, message: string, advice: string): never => {
  throw new RolecallError({ code, place, message, advice });
};

const known = (name: string, names: readonly string[], what: string, place: string): void => {
  if (names.includes(name)) return;
  fault('UNKNOWN_NAME', place, `there is no ${what} ${name}`, didYouMean(name, names));
};

/** The hosts of a scenario, for so many hosts where that is open. */
export const hostsOf = (scenario: ScenarioType, count: number): readonly (HostType & { readonly name: string })[] => {
  const types = typeof scenario.hosts === 'function' ? scenario.hosts(count) : scenario.hosts;
  const firsts = types.map((type) => type.roles[0] ?? 'host');
  const seen = new Map<string, number>();
  return types.map((type, at) => {
    const first = firsts[at] as string;
    const number = (seen.get(first) ?? 0) + 1;
    seen.set(first, number);
    return { ...type, name: type.name ?? (firsts.filter((other) => other === first).length === 1 ? first : `${first}${number}`) };
  });
};

/** Of a scenario with more sizes than these not all names are gathered, so that any name may be one of its hosts. */
const mostSizes = 50;

/** The names that hosts have in some scenario of a protocol, or null where there may be any number of them. */
export const hostNamesOf = ({ scenarios }: Protocol): ReadonlySet<string> | null => {
  const names = new Set<string>();
  for (const scenario of Object.values<ScenarioType>(scenarios)) {
    const { least, most } = scenario.size ?? { least: 0, most: 0 };
    if (most - least > mostSizes) return null;
    for (let count = least; count <= most; count++) for (const { name } of hostsOf(scenario, count)) names.add(name);
  }
  return names;
};

const checkTicks = ({ ticks, timed }: ScenarioType, place: string): void => {
  if (ticks === undefined) return;
  if (timed !== undefined) fault('TWO_CLOCKS', place, 'the scenario has ticks and is timed', 'Leave one of them out, or write two scenarios.');
  for (const name of ['unitMs', 'most', 'drift'] as const)
    if (!Number.isSafeInteger(ticks[name]) || ticks[name] < 1)
      fault('TICKS', place, `ticks.${name} is ${ticks[name]}`, 'Give a whole number of 1 or more.');
};

const checkNetwork = ({ buffer, link }: NetworkType, place: string): void => {
  if (buffer === undefined) return;
  if (!Number.isSafeInteger(buffer) || buffer < 1)
    fault(
      'BUFFER',
      place,
      `network.buffer is ${buffer}`,
      'Give a whole number of 1 or more, or leave it out: then nothing is lost for want of room.',
    );
  if (link === 'connection')
    fault('BUFFER', place, 'network.buffer loses messages, and a connection loses none while it stands', "Leave it out, or give link: 'datagram'.");
};

const checkScenario = (name: string, scenario: ScenarioType, protocol: Protocol): void => {
  const place = `${protocol.id}, scenario ${name}`;
  const domain = scenario.domain ?? Object.keys(protocol.domains)[0] ?? '';
  known(domain, Object.keys(protocol.domains), 'domain', place);
  const roles = protocol.rolesOver(protocol.domains[domain] as Domain);
  if (typeof scenario.hosts === 'function' && scenario.size === undefined)
    fault('SCENARIO_SIZE', place, 'hosts is a function and size is missing', 'Give size: { least, most }.');
  const hosts = hostsOf(scenario, scenario.size?.least ?? 0);
  if (new Set(hosts.map((host) => host.name)).size < hosts.length)
    fault('HOST_TWICE', place, 'two hosts have one name', 'Give each host a name of its own.');
  for (const host of hosts) for (const role of host.roles) known(role, Object.keys(roles), 'role', `${place}, host ${host.name}`);
  if (scenario.faults?.skew !== undefined && scenario.timed === undefined)
    fault('SKEW_UNTIMED', place, 'faults name skew, and no clock is read in untimed runs', 'Give timed: { … }, or leave skew out.');
  checkNetwork(scenario.network, place);
  checkTicks(scenario, place);
  for (const [role, workMs] of Object.entries(scenario.timed?.processor?.workMs ?? {})) {
    known(role, Object.keys(roles), 'role', `${place}, processor`);
    if (!Number.isSafeInteger(workMs) || workMs < 0)
      fault('WORK', place, `a step of ${role} takes ${workMs} ms`, 'Give a whole number of 0 or more.');
  }
  for (const [role, budgets] of Object.entries(scenario.commands ?? {})) {
    known(role, Object.keys(roles), 'role', place);
    for (const command of Object.keys(budgets)) known(command, Object.keys((roles[role] as RoleType).commands), 'command', `${place}, role ${role}`);
  }
};

/** A command or a choice that no state takes does nothing, and no claim would tell; over some domain one has to take it. */
const checkHeard = (protocol: Protocol): void => {
  const all = Object.values(protocol.domains).flatMap((domain) => Object.entries(protocol.rolesOver(domain)));
  for (const [name, { commands, choices }] of all)
    for (const type of [...Object.keys(commands), ...Object.keys(choices)]) {
      const machines = all.flatMap(([other, role]) => (other === name ? [role.machine] : []));
      if (machines.some((machine) => heardBy(machine)(type))) continue;
      const taken = [...new Set(machines.flatMap((machine) => machine.events as readonly string[]))].filter((other) => !other.startsWith('xstate.'));
      const advice = `Write on: { ${type}: … } in a state that takes it, or leave it out. ${didYouMean(type, taken.sort(byCodeUnits))}`;
      fault('NOT_HEARD', `${protocol.id}, role ${name}`, `no state takes ${type}, which is declared as a command or a choice`, advice);
    }
};

/** A protocol with one domain may leave the domain out. */
export interface ProtocolDefinition<R extends Roles, D extends Domain, S extends string> {
  readonly id: string;
  readonly doc: string;
  readonly source: string;
  /** Others publish how many worlds its scenarios have, so an exhaustive search leaves none out unless it is told to. */
  readonly counted?: boolean;
  readonly messages: Readonly<Record<string, MessageType>>;
  readonly domains?: Readonly<Record<string, D>>;
  readonly roles: R | ((domain: D) => R);
  readonly scenarios: Readonly<Record<S, ScenarioType>>;
}

/**
 * Defines a protocol. What the compiler cannot see is checked here: machines, scenarios, names.
 * @throws RolecallError with the place and what to write instead.
 */
export const defineProtocol = <const R extends Roles, D extends Domain, const S extends string>(
  definition: ProtocolDefinition<R, D, S>,
): Protocol<R, D, S> => {
  const { roles, domains, ...rest } = definition;
  const protocol: Protocol<R, D, S> = {
    ...rest,
    domains: domains ?? ({ plain: {} } as unknown as Readonly<Record<string, D>>),
    rolesOver: typeof roles === 'function' ? roles : () => roles,
  };
  if (!/^[a-z][a-z0-9-]*$/.test(protocol.id))
    fault('PROTOCOL_ID', protocol.id, 'a protocol id has lower-case letters, digits and hyphens', 'Write it like two-phase-commit.');
  for (const domain of Object.values<D>(protocol.domains))
    for (const [name, type] of Object.entries(protocol.rolesOver(domain))) {
      checkMachine(type.machine, type.promises);
      const invoked = invocationsOf(type.machine).map(({ src }) => src);
      for (const promise of Object.keys(type.promises)) known(promise, invoked, 'invoke of', `${protocol.id}, promises of role ${name}`);
      for (const other of type.talksTo ?? []) known(other, Object.keys(protocol.rolesOver(domain)), 'role', `${protocol.id}, role ${name}`);
    }
  checkHeard(protocol as unknown as Protocol);
  for (const [name, scenario] of Object.entries<ScenarioType>(protocol.scenarios)) checkScenario(name, scenario, protocol as unknown as Protocol);
  return protocol;
};

/**
 * The roles of a protocol over a domain, with a mutant planted.
 * @throws RolecallError `UNKNOWN_NAME` where the mutant names what the machine does not have.
 */
export const mutatedRoles = (protocol: Protocol, domainName: string, mutant: Mutant | null): Roles => {
  const plain = protocol.domains[domainName] as Domain;
  const change = typeof mutant?.domain === 'function' ? mutant.domain(plain) : (mutant?.domain ?? {});
  const roles = protocol.rolesOver({ ...plain, ...change });
  if (mutant?.roles === undefined) return roles;
  const changed: Record<string, RoleType> = { ...roles };
  for (const [name, parts] of Object.entries(mutant.roles)) {
    known(name, Object.keys(roles), 'role', `${protocol.id}, mutant`);
    const type = roles[name] as RoleType;
    const { guards, actions, delays } = type.machine.implementations;
    for (const guard of Object.keys(parts?.guards ?? {})) known(guard, Object.keys(guards), 'guard', `${protocol.id}, mutant of ${name}`);
    for (const action of Object.keys(parts?.actions ?? {})) known(action, Object.keys(actions), 'action', `${protocol.id}, mutant of ${name}`);
    for (const delay of Object.keys(parts?.delays ?? {})) known(delay, Object.keys(delays), 'delay', `${protocol.id}, mutant of ${name}`);
    const { machine: changedBy = (machine: AnyStateMachine) => machine, loses: _, ...named } = parts ?? {};
    const machine = changedBy(type.machine).provide(named as never);
    checkMachine(machine, type.promises);
    changed[name] = { ...type, machine };
  }
  return changed;
};
