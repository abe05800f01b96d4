import { Random, ratio } from '../kernel/random.ts';
import type { Mutant, Protocol } from '../protocol/protocol.ts';
import type { ScenarioType } from '../protocol/scenario.ts';
import { scenarioOf } from '../property/arena.ts';
import type { HostName } from '../role/effect.ts';
import type { PromiseType } from '../role/role.ts';
import { Engine } from '../world/engine.ts';
import { clockRates } from '../world/faults.ts';
import { type Instance, settingOf, System } from '../world/system.ts';
import { type Clock, merged, ticked } from './clock.ts';
import { LiveHost } from './host.ts';
import type { Log, LogHead, LogLine } from './log.ts';
import { mergedLines } from './merge.ts';
import { pastOf, type RoleStatus } from './past.ts';
import { type RoleChange, roleChanges } from './software.ts';
import type { Packet, Stored } from './surroundings.ts';

/** A host of a run in memory: what a process and its files are in a live one. */
interface Seat {
  host: LiveHost | null;
  stored: Stored;
  readonly lines: LogLine[];
  due: { readonly atMs: number; readonly fire: () => void }[];
}

/**
 * The live hosts of a scenario in one process, for tests: packets are handed over in any order that the links allow, time
 * leaps to the next timer, hosts crash and restart. One seed gives one run.
 */
export const liveInMemory = (protocol: Protocol, name: string, options: { seed: number; steps: number; mutant?: Mutant | null }): Log => {
  const scenario: ScenarioType = scenarioOf(protocol, name);
  const random = new Random(options.seed);
  const setting = settingOf(scenario, scenario.size?.least ?? 0, random);
  const engine = new Engine(protocol, scenario.domain ?? (Object.keys(protocol.domains)[0] as string), options.mutant ?? null);
  const system = new System(engine, scenario, setting, 0);
  const seats = new Map<HostName, Seat>(setting.hosts.map((host) => [host.name, { host: null, stored: host.stored?.() ?? {}, lines: [], due: [] }]));
  const flying = new Map<string, Packet[]>();
  const faults: Record<string, number> = { ...scenario.faults };
  const budgets = new Map(
    Object.entries(scenario.commands ?? {}).flatMap(([role, commands]) =>
      Object.entries(commands).map(([command, count]): [string, number] => [`${role}.${command}`, count]),
    ),
  );
  let nowMs = 0;
  const seatOf = (host: HostName): Seat => seats.get(host) as Seat;
  const make = (host: HostName): LiveHost => {
    const seat = seatOf(host);
    const made = new LiveHost(system, host, { ...pastOf(seat.lines), stored: seat.stored }, new Random(random.fork()), {
      send: (to, packet) => {
        const way = `${host} ${to}`;
        flying.set(way, [...(flying.get(way) ?? []), packet]);
      },
      keep: (lines, stored) => {
        seat.lines.push(...lines);
        seat.stored = stored ?? seat.stored;
      },
      damage: (line, stored, role, key) => {
        seat.lines.push(line);
        seat.stored = { ...stored, [role]: { ...stored[role], [key]: null } };
      },
      arm: (instance, timer, round, delayMs) => {
        seat.due.push({ atMs: nowMs + delayMs, fire: () => made.fire(instance, timer, round) });
      },
      // Protocols of tests declare answers that do not depend on the local state; one of them comes in its time, or never.
      invoke: (instance, { id, src }, round) => {
        const { done, error } = (system.instances[instance] as Instance).role.type.promises[src] as PromiseType;
        const answers = (['done', 'error'] as const).flatMap((how) =>
          (how === 'done' ? done : error)(null as never).map((value) => () => made.settle(instance, id, round, how, value)),
        );
        if (random.chance(ratio(3, 4))) seat.due.push({ atMs: nowMs + random.below(3_000), fire: random.pick(answers) });
      },
      // An answer that is not waited for is not heard.
      abandon: () => {},
    });
    return made;
  };
  const running = (): readonly LiveHost[] => [...seats.values()].flatMap(({ host }) => host ?? []);
  const first = setting.hosts.filter((host) => host.off !== true).map((host) => host.name);
  for (const host of first) seatOf(host).host = make(host);
  for (const host of running())
    host.boot(
      'start',
      host.neighbours.filter((other) => first.includes(other)),
      {},
    );

  const clear = (host: HostName): void => {
    for (const way of flying.keys()) if (way.split(' ').includes(host)) flying.delete(way);
  };
  const boot = (host: HostName, how: 'join' | 'restart'): void => {
    const fresh = make(host);
    const others = running().filter((other) => fresh.neighbours.includes(other.name));
    for (const other of others) {
      other.linkDown(host);
      other.meet(host, fresh.running);
      fresh.meet(other.name, other.running);
    }
    clear(host);
    fresh.boot(
      how,
      others.map((other) => other.name),
      others.reduce<Clock>((known, other) => merged(known, other.clockNow), {}),
    );
    seatOf(host).host = fresh;
    for (const other of others) other.linkUp(host, fresh.clockNow);
  };
  /** It takes no further step; what befell it is written down in its place, unless its last step says so. */
  const end = (host: HostName, type: 'crash' | 'leave' | null): void => {
    const seat = seatOf(host);
    seat.host = null;
    seat.due = [];
    if (type !== null) seat.lines.push({ host, clock: ticked(pastOf(seat.lines).clock, host), event: { type } });
  };
  /** All others wait while a role starts or stops, so that nothing is on its way that was sent to it, or by it, before. */
  const change = (host: LiveHost, how: RoleChange, role: string): void => {
    const others = running().filter((other) => other.neighbours.includes(host.name));
    const runs = roleChanges[how].after === 'running';
    host.change(
      how,
      role,
      running().reduce<Clock>((known, other) => merged(known, other.clockNow), {}),
    );
    for (const other of others) {
      const forget = (way: string, is: (packet: Packet) => boolean): void => {
        flying.set(
          way,
          (flying.get(way) ?? []).filter((packet) => !is(packet)),
        );
      };
      if (!runs) forget(`${other.name} ${host.name}`, ({ toRole }) => toRole === role);
      if (!runs && system.connection) forget(`${host.name} ${other.name}`, ({ fromRole }) => fromRole === role);
      other.changed(host.name, role, runs, host.clockNow);
    }
  };

  /** Stops or starts one of a host's roles, in a way that it may be now and that is left. */
  const changesLeft = (): readonly RoleChange[] => (Object.keys(roleChanges) as RoleChange[]).filter((how) => (faults[how] ?? 0) > 0);
  const changeOne = (host: LiveHost): void => {
    const status = (role: string): RoleStatus =>
      host.running.includes(role) ? 'running' : (pastOf(seatOf(host.name).lines).roles[role] ?? 'stopped');
    const roles = setting.hosts.find(({ name }) => name === host.name)?.roles ?? [];
    const ways = changesLeft().flatMap((how) =>
      roles.filter((role) => roleChanges[how].before.includes(status(role))).map((role) => ({ how, role })),
    );
    if (ways.length === 0) return;
    const { how, role } = random.pick(ways);
    faults[how] = (faults[how] as number) - 1;
    change(host, how, role);
  };

  const down: HostName[] = [];
  const gone: HostName[] = [];
  for (let step = 0; step < options.steps; step++) {
    const ways: (() => void)[] = [];
    for (const host of running()) if (host.hasWork) ways.push(() => host.next());
    for (const [way, packets] of flying)
      if (packets.length > 0)
        ways.push(() => {
          const [from, to] = way.split(' ') as [string, string];
          const packet = packets.shift() as Packet;
          seatOf(to).host?.receive(from, packet);
        });
    // Connections that broke are noticed one by one.
    for (const host of [...down, ...gone])
      for (const other of running())
        if (other.neighbours.includes(host))
          ways.push(() => {
            // What a broken connection still held is gone with it.
            if (system.connection) flying.delete(`${host} ${other.name}`);
            other.linkDown(host);
          });
    const timers = [...seats.values()].flatMap((seat) => seat.due.map((due) => ({ seat, due }))).sort((a, b) => a.due.atMs - b.due.atMs);
    const [timer] = timers;
    if (timer !== undefined)
      ways.push(() => {
        nowMs = Math.max(nowMs, timer.due.atMs);
        timer.seat.due = timer.seat.due.filter((each) => each !== timer.due);
        timer.due.fire();
      });
    ways.push(() => {
      const allowed = [...budgets].filter(([, left]) => left > 0).map(([command]) => command);
      const taken = random.pick(running().length > 0 ? running() : [make(first[0] as string)]).act(allowed);
      if (taken !== null && taken !== 'choice') budgets.set(taken, (budgets.get(taken) ?? 1) - 1);
    });
    for (const host of running())
      if (host.hasCrashed) {
        end(host.name, null);
        down.push(host.name);
      }
    if (random.chance(ratio(1, 25))) {
      const strike = (fault: string): boolean => {
        if ((faults[fault] ?? 0) <= 0) return false;
        faults[fault] = (faults[fault] as number) - 1;
        return true;
      };
      const off = setting.hosts.map((host) => host.name).find((host) => seatOf(host).host === null && seatOf(host).lines.length === 0);
      const victims = running().filter(({ threw }) => threw === null);
      const restarting = down.shift();
      if (restarting !== undefined) boot(restarting, 'restart');
      else if (off !== undefined && strike('join')) boot(off, 'join');
      else if (victims.length > 1 && strike('crash')) {
        const { name: victim } = random.pick(victims);
        end(victim, 'crash');
        down.push(victim);
      } else if (victims.length > 1 && strike('leave')) {
        const { name: victim } = random.pick(victims);
        end(victim, 'leave');
        gone.push(victim);
      } else if (victims.length > 1 && strike('crashDuringStep')) random.pick(victims).crashNext(true);
      else if (victims.length > 0 && strike('skew')) random.pick(victims).skew(random.pick(clockRates));
      else if (victims.length > 0 && strike('corrupt')) random.pick(victims).corrupt();
      else if (victims.length > 0 && changesLeft().length > 0) changeOne(random.pick(victims));
      continue;
    }
    random.pick(ways)();
  }
  const head: LogHead = {
    rolecallLive: 1,
    protocol: protocol.id,
    scenario: name,
    mutant: null,
    seed: options.seed,
    hosts: system.hosts,
    links: setting.edges.map(([a, b]) => [system.hosts[a] as string, system.hosts[b] as string]),
  };
  return { head, lines: mergedLines(new Map([...seats].map(([host, { lines }]) => [host, lines]))) };
};
