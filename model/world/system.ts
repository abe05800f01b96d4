import { Inboxes } from '../network/inbox.ts';
import { LinkStates } from '../network/links.ts';
import { mesh, type Edge, type Topology } from '../network/topology.ts';
import type { FaultName } from '../network/fault.ts';
import { Table } from '../kernel/table.ts';
import type { Random } from '../kernel/random.ts';
import type { Value } from '../kernel/value.ts';
import type { HostName } from '../role/effect.ts';
import { hostsOf } from '../protocol/define.ts';
import { type Bounds, type HostType, type ScenarioType, type TicksType, unlimited, usualBounds } from '../protocol/scenario.ts';
import { type Edit, Edits } from './edit.ts';
import type { Engine, EngineRole } from './engine.ts';
import { Timers } from './timers.ts';
import type { OfferMemory } from './variant.ts';

/** A role on a host. */
export interface Instance {
  readonly index: number;
  readonly host: number;
  readonly hostName: HostName;
  readonly role: EngineRole;
  readonly params: Value;
  /** The other roles of its host, by role. */
  readonly colleagues: ReadonlyMap<string, number>;
  /** The instances on linked hosts that it converses with. */
  readonly neighbours: readonly number[];
  readonly stopped: boolean;
  /** The event that each inbox entry is for it, once known. */
  readonly events: number[];
  /** What is remembered of its offers, whatever else waits beside them; see `offer.ts`. */
  readonly memory: OfferMemory;
}

/** A scenario with its open questions settled: which hosts there are, and which of them are linked. */
export interface Setting {
  readonly hosts: readonly (HostType & { readonly name: HostName })[];
  readonly edges: readonly Edge[];
  readonly through: HostName | undefined;
}

/** A host's life, as its slot holds it. */
export const lives = ['off', 'up', 'paused', 'crashed', 'left'] as const;
export const [OFF, UP, PAUSED, CRASHED, LEFT] = [0, 1, 2, 3, 4] as const;

/** How a role is on its host, as its slot holds it. */
export const [RUNNING, STOPPED, UNINSTALLED] = [0, 1, 2] as const;

/** Settles the open questions of a scenario. */
export const settingOf = (scenario: ScenarioType, count: number, random: Random): Setting => {
  const hosts = hostsOf(scenario, count);
  const topologies: readonly Topology[] = ([scenario.network.topology ?? mesh()] as (Topology | readonly Topology[])[]).flat() as Topology[];
  const topology = random.pick(topologies);
  return {
    hosts,
    edges: topology.edges(
      hosts.map((host) => host.name),
      random,
    ),
    through: topology.through,
  };
};

/** No slot was laid out, because the scenario cannot change what it would hold. */
export const NONE = -1;

/**
 * A setting made ready to run: its role instances, and where each part of a world stands in a row of small integers.
 * Slots that the scenario cannot change are not laid out.
 */
export class System {
  readonly engine: Engine;
  readonly scenario: ScenarioType;
  readonly setting: Setting;
  readonly bounds: Bounds;
  readonly hosts: readonly HostName[];
  readonly instances: readonly Instance[];
  readonly connection: boolean;
  readonly inboxes: Inboxes;
  readonly links: LinkStates;
  readonly timers: Timers;
  readonly ticks: TicksType | undefined;
  /** What a host has stored: role, key, value; and with `storage: 'sync'` the writes since the last sync. */
  readonly stores: Table;
  readonly monitors: Table;
  /** The host that all links pass through, or none. */
  readonly through: number;

  readonly width: number;
  readonly localSlot: readonly number[];
  readonly inboxSlot: readonly number[];
  readonly timersSlot: readonly number[];
  readonly firesSlot: readonly number[];
  readonly statusSlot: readonly number[];
  readonly lifeSlot: readonly number[];
  readonly storedSlot: readonly number[];
  /** The clock of each host that has timers, where time passes in units. */
  readonly clockSlot: readonly number[];
  readonly linksSlot: number;
  /** The budget of each fault that may strike; {@link NONE} where it may strike again and again. */
  readonly budgetSlot: ReadonlyMap<FaultName, number>;
  /** The budget of each command that may be given; {@link NONE} where it may be given again and again. */
  readonly commandSlot: ReadonlyMap<string, number>;
  readonly monitorSlot: readonly number[];
  /** For each slot, what its numbers stand for; undefined for plain counts. */
  readonly tables: readonly (Table | undefined)[];
  readonly edits: Edits;
  /** What each write does to a store; a remembered step always makes the same write. */
  readonly writes = new Map<readonly [role: string, key: string, value: Value], Edit>();
  private readonly firstStores = new Map<NonNullable<HostType['stored']>, number>();

  constructor(engine: Engine, scenario: ScenarioType, setting: Setting, monitors: number) {
    this.engine = engine;
    this.scenario = scenario;
    this.setting = setting;
    this.bounds = { ...usualBounds, ...scenario.bounds };
    this.hosts = setting.hosts.map((host) => host.name);
    this.connection = scenario.network.link === 'connection';
    const { interner } = engine;
    this.inboxes = new Inboxes(interner, {
      keepsDelivered: scenario.network.keepsDelivered ?? false,
      buffer: scenario.network.buffer ?? unlimited,
      bound: this.bounds.inbox,
    });
    this.edits = new Edits(this.inboxes);
    this.links = new LinkStates(interner, this.hosts.length, setting.edges);
    this.ticks = scenario.ticks;
    this.timers = new Timers(interner, scenario.ticks);
    this.stores = new Table(interner);
    this.stores.of({ kept: {}, written: [] });
    this.monitors = new Table(interner);
    this.through = setting.through === undefined ? NONE : this.hosts.indexOf(setting.through);
    this.instances = this.instancesOf();

    const tables: (Table | undefined)[] = [];
    const slot = (table?: Table): number => tables.push(table) - 1;
    const budgets = Object.entries(scenario.faults ?? {}).filter(([, budget]) => budget > 0) as [FaultName, number][];
    const strikes = new Set(budgets.map(([fault]) => fault));
    const any = (...faults: readonly FaultName[]): boolean => faults.some((fault) => strikes.has(fault));
    const changesLife = any('crash', 'crashDuringStep', 'pause', 'join', 'leave') || setting.hosts.some((host) => host.off === true);
    const changesStatus = any('stopRole', 'startRole', 'install', 'uninstall') || setting.hosts.some((host) => (host.stopped ?? []).length > 0);
    this.localSlot = this.instances.map((instance) => slot(instance.role.memory.locals));
    this.inboxSlot = this.instances.map(() => slot(this.inboxes.table));
    this.timersSlot = this.instances.map((instance) => (instance.role.hasTimers ? slot(this.timers.table) : NONE));
    const countsFires = this.bounds.fires !== unlimited;
    this.firesSlot = this.instances.map((instance) => (instance.role.hasTimers && countsFires ? slot() : NONE));
    this.statusSlot = this.instances.map(() => (changesStatus ? slot() : NONE));
    this.lifeSlot = this.hosts.map(() => (changesLife ? slot() : NONE));
    this.storedSlot = this.hosts.map(() => slot(this.stores));
    const counts = (host: number): boolean => this.instances.some((instance) => instance.host === host && instance.role.hasTimers);
    this.clockSlot = this.hosts.map((_, host) => (scenario.ticks !== undefined && counts(host) ? slot() : NONE));
    this.linksSlot = any('partition', 'oneWayPartition', 'break', 'hold') || (this.connection && changesLife) ? slot(this.links.table) : NONE;
    this.budgetSlot = new Map(budgets.map(([fault, budget]) => [fault, budget === unlimited ? NONE : slot()]));
    this.commandSlot = new Map(
      Object.entries(scenario.commands ?? {}).flatMap(([role, commands]) =>
        Object.entries(commands).map(([command, budget]): [string, number] => [`${role}.${command}`, budget === unlimited ? NONE : slot()]),
      ),
    );
    this.monitorSlot = Array.from({ length: monitors }, () => slot(this.monitors));
    this.tables = tables;
    this.width = tables.length;
  }

  /** The number of what hosts have stored before the first step; worked out once, because it may be a whole chain. */
  storedAtFirst(stored: NonNullable<HostType['stored']>): number {
    const known = this.firstStores.get(stored);
    if (known !== undefined) return known;
    const first = this.stores.of({ kept: stored(), written: [] });
    this.firstStores.set(stored, first);
    return first;
  }

  /** The instance of a role on a host, or undefined. */
  instanceOf(host: HostName, role: string): Instance | undefined {
    return this.instances.find((instance) => instance.hostName === host && instance.role.name === role);
  }

  /** Whether two hosts are linked by the topology. */
  linked(a: number, b: number): boolean {
    return this.links.linked(a, b);
  }

  private instancesOf(): readonly Instance[] {
    const places = this.setting.hosts.flatMap((host, index) => host.roles.map((role) => ({ host, index, role: this.engine.role(role) })));
    const talks = (a: EngineRole, b: EngineRole): boolean => a.type.talksTo?.includes(b.name) ?? true;
    return places.map(
      ({ host, index: at, role }, index): Instance => ({
        index,
        host: at,
        hostName: host.name,
        role,
        params: host.params?.[role.name] ?? null,
        colleagues: new Map(places.flatMap((other, i): [string, number][] => (other.index === at ? [[other.role.name, i]] : []))),
        neighbours: places.flatMap((other, i) => (other.index !== at && this.links.linked(at, other.index) && talks(role, other.role) ? [i] : [])),
        stopped: host.stopped?.includes(role.name) ?? false,
        events: [],
        memory: { timers: new Map(), acts: [], variants: new Map(), timersAfter: new Map() },
      }),
    );
  }
}
