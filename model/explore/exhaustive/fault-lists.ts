import type { FaultName } from '../../network/fault.ts';
import { Pairs } from '../../kernel/pairs.ts';
import { type Fault, faultsOf, remedies } from '../../world/faults.ts';
import type { Move } from '../../world/move.ts';
import { NONE, type System } from '../../world/system.ts';
import { mayTick } from '../../world/ticks.ts';
import type { World } from '../../world/world.ts';
import type { Change, Changes } from './change.ts';

/** A fault that can strike, or what undoes one. */
export class Strike {
  readonly move: Move;
  private readonly changes: Changes;
  /** What decides what it does: stored data, where it starts roles. */
  private consulted: readonly number[] | null = null;
  private readonly known = new Map<string, Change>();

  constructor(move: Move, changes: Changes) {
    this.move = move;
    this.changes = changes;
  }

  /** What it does to the present row. */
  change(row: Int32Array): Change {
    const key = this.consulted === null || this.consulted.length === 0 ? '' : this.consulted.map((slot) => row[slot]).join();
    const known = this.consulted === null ? undefined : this.known.get(key);
    if (known !== undefined) return known;
    const change = this.changes.of(this.move);
    this.consulted ??= change.consulted;
    this.known.set(this.consulted.map((slot) => row[slot]).join(), change);
    return change;
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

const nothing: readonly Strike[] = [];

/** The faults that can strike, and what undoes them, in canonical order; each list is made once for what it depends on. */
export class FaultLists {
  private readonly world: World;
  private readonly changes: Changes;
  private readonly sections: readonly Section[];
  /** By host, where time passes in units. */
  private readonly ticks: readonly Strike[];

  constructor(world: World, changes: Changes) {
    this.world = world;
    this.changes = changes;
    const { budgetSlot, lifeSlot, linksSlot } = world.system;
    const kinds = [...budgetSlot.keys()].filter(
      (kind): kind is Exclude<FaultName, 'crashDuringStep' | 'skew'> => kind !== 'crashDuringStep' && kind !== 'skew',
    );
    this.ticks = world.system.ticks === undefined ? [] : world.system.hosts.map((host) => new Strike({ fault: { type: 'Tick', host } }, changes));
    const isNever = budgetSlot.size === 0 && linksSlot === NONE && lifeSlot.every((slot) => slot === NONE);
    this.sections = isNever
      ? []
      : [
          ...kinds.map((kind): Section => ({ budget: budgetSlot.get(kind) ?? NONE, chunks: chunksOf(world, kind) })),
          { budget: NONE, chunks: [chunk(NONE, () => remedies(world))] },
        ];
  }

  /** Every fault and remedy that is possible in the present row. */
  now(environment: number): readonly Strike[] {
    const { sections, ticks, world } = this;
    if (sections.length === 0 && ticks.length === 0) return nothing;
    const strikes: Strike[] = [];
    for (let i = 0; i < sections.length; i++) {
      const { budget, chunks } = sections[i] as Section;
      if (budget !== NONE && world.row[budget] === 0) continue;
      for (let j = 0; j < chunks.length; j++) {
        const list = this.listOf(chunks[j] as Chunk, environment);
        for (let nth = 0; nth < list.length; nth++) strikes.push(list[nth] as Strike);
      }
    }
    for (let host = 0; host < ticks.length; host++) if (mayTick(world, host)) strikes.push(ticks[host] as Strike);
    return strikes;
  }

  private listOf({ slot, list, keys, known }: Chunk, environment: number): readonly Strike[] {
    const key = slot === NONE ? environment : keys.of(environment, this.world.row[slot] as number);
    return (known[key] ??= list().map((fault) => new Strike({ fault }, this.changes)));
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
