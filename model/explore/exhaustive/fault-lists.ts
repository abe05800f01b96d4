import type { FaultName } from '../../network/fault.ts';
import { Pairs } from '../../kernel/pairs.ts';
import { type Fault, faultsOf, remedies } from '../../world/faults.ts';
import type { Move } from '../../world/move.ts';
import { NONE, type System } from '../../world/system.ts';
import { mayTick } from '../../world/ticks.ts';
import type { World } from '../../world/world.ts';
import type { Changes } from './change.ts';
import type { Programs } from './programs.ts';
import type { Standpoint } from './standpoint.ts';

/** A fault that can strike, or what undoes one. */
export class Strike {
  readonly move: Move;
  private readonly changes: Changes;
  private readonly programs: Programs;
  private readonly show: () => void;
  /** What decides what it does: stored data, where it starts roles. */
  private consulted: readonly number[] | null = null;
  private readonly keys = new Pairs();
  private readonly known: number[] = [];

  constructor(move: Move, changes: Changes, programs: Programs, show: () => void) {
    this.move = move;
    this.changes = changes;
    this.programs = programs;
    this.show = show;
  }

  /** Where what it does to the present row stands among the programs. */
  program(codes: Int32Array): number {
    const { consulted } = this;
    if (consulted === null) return this.lay(codes);
    let key = 0;
    for (let i = 0; i < consulted.length; i++) key = this.keys.of(key, codes[consulted[i] as number] as number) + 1;
    return this.known[key] ?? this.lay(codes);
  }

  private lay(codes: Int32Array): number {
    this.show();
    const change = this.changes.of(this.move);
    const consulted = (this.consulted ??= change.consulted);
    const at = this.programs.laid(
      { parts: [{ change, move: this.move, budget: NONE, crashes: NONE }], idle: 0, idleBudgets: [], fires: NONE, own: [], shared: [] },
      codes,
    );
    this.known[consulted.reduce((key, slot) => this.keys.of(key, codes[slot] as number) + 1, 0)] = at;
    return at;
  }
}

/** A part of the list of one kind: it follows from lives, statuses and links, and from one slot more, or none. */
interface Chunk {
  readonly slot: number;
  readonly list: () => readonly Fault[];
  readonly keys: Pairs;
  readonly known: (readonly Strike[])[];
}

/** The faults of one kind, or the remedies. */
interface Section {
  /** The budget that has to be above zero, or {@link NONE}. */
  readonly budget: number;
  readonly chunks: readonly Chunk[];
}

/** The faults that can strike, and what undoes them, in canonical order; each list is made once for what it depends on. */
export class FaultLists {
  private readonly world: World;
  private readonly changes: Changes;
  private readonly programs: Programs;
  private readonly standpoint: Standpoint;
  private readonly sections: readonly Section[];
  /** By host, where time passes in units. */
  private readonly ticks: readonly Strike[];
  private readonly strikes: Strike[] = [];

  constructor(world: World, changes: Changes, programs: Programs, standpoint: Standpoint) {
    this.world = world;
    this.changes = changes;
    this.programs = programs;
    this.standpoint = standpoint;
    const { budgetSlot, lifeSlot, linksSlot } = world.system;
    const kinds = [...budgetSlot.keys()].filter(
      (kind): kind is Exclude<FaultName, 'crashDuringStep' | 'skew'> => kind !== 'crashDuringStep' && kind !== 'skew',
    );
    const ticking = world.system.ticks === undefined ? [] : world.system.hosts;
    this.ticks = ticking.map((host) => new Strike({ fault: { type: 'Tick', host } }, changes, programs, standpoint.show));
    const isNever = budgetSlot.size === 0 && linksSlot === NONE && lifeSlot.every((slot) => slot === NONE);
    this.sections = isNever
      ? []
      : [
          ...kinds.map((kind): Section => ({ budget: budgetSlot.get(kind) ?? NONE, chunks: chunksOf(world, kind) })),
          { budget: NONE, chunks: [chunk(NONE, () => remedies(world))] },
        ];
  }

  /** Every fault and remedy that is possible in the present row; the list is used again by the next call. */
  now(environment: number): readonly Strike[] {
    const { sections, standpoint, strikes, ticks, world } = this;
    if (strikes.length > 0) strikes.length = 0;
    for (let i = 0; i < sections.length; i++) {
      const { budget, chunks } = sections[i] as Section;
      if (budget !== NONE && standpoint.valueOf(budget) === 0) continue;
      for (let j = 0; j < chunks.length; j++) {
        const list = this.listOf(chunks[j] as Chunk, environment);
        for (let nth = 0; nth < list.length; nth++) strikes.push(list[nth] as Strike);
      }
    }
    if (ticks.length > 0) standpoint.show();
    for (let host = 0; host < ticks.length; host++) if (mayTick(world, host)) strikes.push(ticks[host] as Strike);
    return strikes;
  }

  private listOf({ slot, list, keys, known }: Chunk, environment: number): readonly Strike[] {
    const { standpoint } = this;
    const key = slot === NONE ? environment : keys.of(environment, standpoint.codes[slot] as number);
    let strikes = known[key];
    if (strikes === undefined) {
      standpoint.show();
      strikes = list().map((fault) => new Strike({ fault }, this.changes, this.programs, standpoint.show));
      known[key] = strikes;
    }
    return strikes;
  }
}

const chunk = (slot: number, list: () => readonly Fault[]): Chunk => ({ slot, list, keys: new Pairs(), known: [] });

const chunksOf = (world: World, kind: Exclude<FaultName, 'crashDuringStep'>): readonly Chunk[] => {
  const { hosts, instances, inboxSlot, storedSlot, scenario }: System = world.system;
  const those = (slot: number, isOne: (fault: Fault) => boolean): Chunk => chunk(slot, () => faultsOf(world, kind).filter(isOne));
  switch (kind) {
    case 'drop':
    case 'duplicate':
      return instances.map(({ index }) => those(inboxSlot[index] as number, (fault) => 'instance' in fault && fault.instance === index));
    case 'corrupt':
      return instances.map(({ host, hostName, role }) =>
        those(storedSlot[host] as number, (fault) => fault.type === 'Corrupt' && fault.host === hostName && fault.role === role.name),
      );
    case 'crash':
      // Writes that were not synced can be lost.
      if (scenario.storage === 'sync')
        return hosts.map((name, host) => those(storedSlot[host] as number, (fault) => fault.type === 'Crash' && fault.host === name));
      return [those(NONE, () => true)];
    default:
      return [those(NONE, () => true)];
  }
};
