import { RolecallError } from '../kernel/errors.ts';
import type { Action, ActionType } from '../world/action.ts';
import type { Move } from '../world/move.ts';
import type { System } from '../world/system.ts';
import type { World, WorldMonitor } from '../world/world.ts';
import type { Property, Recovery, WorldView } from './property.ts';
import { byField, type Facet, Facets } from './facet.ts';
import { readerOf, Reader } from './reader.ts';
import { Remembered } from './remembered.ts';

/** A part of a property that failed, or was seen. */
export interface Part {
  readonly property: Property;
  /** `always.chainIsValid`. */
  readonly name: string;
}

export interface StatePart extends Part {
  readonly memory: Remembered;
  /** Bit by slot, of what `memory` reads; made anew when it has learned more. */
  seen: Uint8Array;
  seenCount: number;
  /** It was not looked at since a step that another part failed, so it is looked at whatever the next step touches. */
  unsure: boolean;
}

export interface StepPart extends Part {
  readonly memory: Remembered;
}

export interface MonitorPart extends Part {
  readonly slot: number;
  readonly holds: (state: number) => boolean;
  readonly explain: (state: number) => string;
}

export interface RecoveryPart extends Part {
  readonly recovery: Recovery;
  readonly memory: Remembered;
}

/** What has to come in the end. */
export interface Obligation extends Part {
  /** From where on it is owed; null from the start, and only from there. */
  readonly from: Remembered | null;
  readonly to: Remembered;
}

/** What a role throws is a violation of this, whatever the properties. */
export const roleThrew = 'ROLE-THREW';

/** The monitors of properties, in the order in which a system lays out their slots. */
export const monitorsOf = (properties: readonly Property[]): readonly WorldMonitor[] =>
  properties.flatMap((property) =>
    Object.entries(property.type.monitors ?? {}).map(
      ([name, monitor]): WorldMonitor => ({
        initial: monitor.initial,
        next: (state, heard) => guarded(property, `monitors.${name}`, () => monitor.next(state, heard as never)),
      }),
    ),
  );

const kindOf = (move: Move): ActionType => ('fault' in move ? move.fault.type : move.offer.kind);

/** A move as a step property sees it: without ordinals, which a world does not know. */
export const actionOf = (system: System, move: Move): Action => {
  if ('fault' in move) {
    const { fault } = move;
    if (!('entry' in fault)) return fault;
    return { type: fault.type, ...messageName(system, fault.instance, fault.entry) };
  }
  const { offer } = move;
  const { hostName: host, role } = system.instances[offer.instance] as System['instances'][number];
  const choices = move.crashAfter >= 0 ? { crashAfter: move.crashAfter } : {};
  switch (offer.kind) {
    case 'Deliver':
      return { type: 'Deliver', ...messageName(system, offer.instance, offer.entry), ...choices };
    case 'Fire':
      return { type: 'Fire', host, role: role.name, timer: offer.name, ...choices };
    case 'Command':
      return { type: 'Command', host, role: role.name, command: offer.name, value: offer.value as never, ...choices };
    case 'Choose':
      return { type: 'Choose', host, role: role.name, choice: offer.name, value: offer.value as never, ...choices };
  }
};

/** Who sends what to whom; the ordinal is 0 until a ledger knows it. */
export const messageName = (system: System, to: number, entry: number) => {
  const { from, message } = system.inboxes.entry(entry);
  const [sender, receiver] = [system.instances[from], system.instances[to]] as [System['instances'][number], System['instances'][number]];
  return { from: sender.hostName, fromRole: sender.role.name, to: receiver.hostName, toRole: receiver.role.name, message: message.type, ordinal: 0 };
};

/**
 * The parts of some properties, made ready for one system: predicates with their memory, and the slots that they read.
 */
export class Judge {
  readonly monitors: readonly WorldMonitor[];
  readonly recoveries: readonly RecoveryPart[];
  readonly always: readonly StatePart[];
  readonly steps: readonly StepPart[];
  readonly sometimes: readonly StatePart[];
  readonly obligations: readonly Obligation[];
  readonly hasSteps: boolean;
  readonly held: readonly MonitorPart[];
  /** Grows whenever a part reads what it never read before. */
  readonly learned = { looks: 0 };
  private readonly system: System;
  private readonly slots: Map<Property, Map<string, number>>;
  private readonly types: ActionType[] = [];
  private readonly actions: Action[] = [];
  /** By the number that the interner has for an action. */
  private readonly actionNumbers = new Map<number, number>();
  private readonly actionOfMove = new WeakMap<Move, number>();
  readonly facets: Facets;
  private before: Int32Array = new Int32Array(0);
  private after: Int32Array = new Int32Array(0);
  private move: Move | null = null;

  constructor(system: System, properties: readonly Property[]) {
    this.system = system;
    this.facets = new Facets(system);
    this.monitors = monitorsOf(properties);
    this.slots = new Map();
    let monitor = 0;
    for (const property of properties)
      this.slots.set(property, new Map(Object.keys(property.type.monitors ?? {}).map((name) => [name, system.monitorSlot[monitor++] as number])));
    const parts = <T>(
      of: (property: Property) => Readonly<Record<string, T>> | undefined,
      kind: string,
    ): { property: Property; name: string; value: T }[] =>
      properties.flatMap((property) =>
        Object.entries(of(property) ?? {}).map(([name, value]) => ({ property, name: `${kind}.${name}`, value: value as T })),
      );
    const state = ({ property, name, value }: { property: Property; name: string; value: (world: WorldView) => boolean }): StatePart => ({
      property,
      name,
      memory: this.remember(property, name, value),
      seen: new Uint8Array(system.width),
      seenCount: 0,
      unsure: true,
    });
    this.always = parts((property) => property.type.always, 'always').map(state);
    this.sometimes = parts((property) => property.type.sometimes, 'sometimes').map(state);
    this.steps = parts((property) => property.type.step, 'step').map(({ property, name, value }) => ({
      property,
      name,
      memory: this.rememberStep(property, name, value),
    }));
    this.recoveries = parts((property) => property.type.recovers, 'recovers').map(({ property, name, value }) => ({
      property,
      name,
      recovery: value,
      memory: this.remember(property, name, value.holds),
    }));
    this.obligations = [
      ...parts((property) => property.type.eventually, 'eventually').map(
        ({ property, name, value }): Obligation => ({ property, name, from: null, to: this.remember(property, name, value) }),
      ),
      ...parts((property) => property.type.leadsTo, 'leadsTo').map(
        ({ property, name, value: [from, to] }): Obligation => ({
          property,
          name,
          from: this.remember(property, name, from),
          to: this.remember(property, name, to),
        }),
      ),
    ];
    this.held = parts((property) => property.type.monitors, 'monitors').flatMap(({ property, name, value }): MonitorPart[] => {
      const { holds, explain } = value;
      if (holds === undefined) return [];
      const known: boolean[] = [];
      const slot = this.slots.get(property)?.get(name.slice('monitors.'.length)) as number;
      return [
        {
          property,
          name,
          slot,
          holds: (monitorState) => (known[monitorState] ??= guarded(property, name, () => holds(system.monitors.value(monitorState)))),
          explain: (monitorState) => guarded(property, name, () => explain?.(system.monitors.value(monitorState)) ?? ''),
        },
      ];
    });
    this.hasSteps = this.steps.length > 0;
  }

  /** The first part that a state violates. All are looked at: use {@link afterStep} after a step. */
  ofState(world: World): Part | null {
    for (const part of this.always) {
      if (part.memory.evaluateRow(world.row)) continue;
      // Those after it were not looked at.
      for (const other of this.always) other.unsure = other !== part;
      return part;
    }
    for (const part of this.held) if (!part.holds(world.row[part.slot] as number)) return part;
    return null;
  }

  /** The first part that a step violates. @param before the row before it; needed where {@link hasSteps}. */
  afterStep(world: World, before: Int32Array, move: Move): Part | null {
    const failed = this.firstOf(world, (part) => part.unsure || this.touches(part, world));
    if (failed !== null) return failed;
    for (const part of this.held) if (!part.holds(world.row[part.slot] as number)) return part;
    return this.ofStep(world, before, move);
  }

  /** The first part about steps that a step violates, whatever the states before and after it are. */
  ofStep(world: World, before: Int32Array, move: Move): Part | null {
    if (this.steps.length === 0) return null;
    this.before = before;
    this.after = world.row;
    this.move = move;
    for (const part of this.steps) if (!part.memory.evaluate(this.readStep)) return part;
    return null;
  }

  private firstOf(world: World, isDue: (part: StatePart) => boolean): StatePart | null {
    let failed: StatePart | null = null;
    for (const part of this.always) {
      const due = isDue(part);
      if (failed === null && due && !part.memory.evaluateRow(world.row)) failed = part;
      else if (due) part.unsure = failed !== null;
    }
    if (failed !== null) failed.unsure = false;
    return failed;
  }

  /** Whether the last step changed anything that a part has ever read. */
  private touches(part: StatePart, world: World): boolean {
    const { reads } = part.memory;
    if (reads.size !== part.seenCount) {
      for (const slot of reads) part.seen[slot] = 1;
      part.seenCount = reads.size;
    }
    if (world.changes === world.changed.length) return true;
    for (let i = 0; i < world.changes; i++) if (part.seen[world.changed[i] as number] === 1) return true;
    return false;
  }

  /** What is wrong with a world that violates a part, where the part can say it. */
  explain(part: Part, world: World): string {
    const monitor = this.held.find((each) => each === part);
    return monitor === undefined ? '' : monitor.explain(world.row[monitor.slot] as number);
  }

  /** A view of a row, for a property; nothing is recorded. */
  viewOf(property: Property, row: Int32Array): WorldView {
    return new Reader(this.system, this.facets, readerOf(row), this.slots.get(property) ?? new Map());
  }

  private remember(property: Property, name: string, predicate: (world: WorldView) => boolean): Remembered {
    return new Remembered(
      (read) => guarded(property, name, () => predicate(new Reader(this.system, this.facets, read, this.slots.get(property) ?? new Map()))),
      this.learned,
    );
  }

  /** Slots of the row before come first, those of the row after next, then the type of the action and the action itself. */
  private readonly readStep = (slot: number): number => {
    const { width } = this.system;
    if (slot < width) return this.before[slot] as number;
    if (slot < 2 * width) return this.after[slot - width] as number;
    const move = this.move as Move;
    return slot === 2 * width ? this.typeNumber(move) : this.actionNumber(move);
  };

  /** The number of the type of a move, as claims about steps read it. */
  typeNumber(move: Move): number {
    return this.numberOfType(kindOf(move));
  }

  numberOfType(type: ActionType): number {
    const known = this.types.indexOf(type);
    return known >= 0 ? known : this.types.push(type) - 1;
  }

  /** The number of a move as an action, as claims about steps read it; the same for equal actions. */
  actionNumber(move: Move): number {
    let number = this.actionOfMove.get(move);
    if (number !== undefined) return number;
    const { interner } = this.system.engine;
    const id = interner.intern(actionOf(this.system, move) as never);
    number = this.actionNumbers.get(id);
    if (number === undefined) {
      number = this.actions.push(interner.value(id) as never) - 1;
      this.actionNumbers.set(id, number);
    }
    this.actionOfMove.set(move, number);
    return number;
  }

  private fieldOf(action: number, field: string): unknown {
    return (this.actions[action] as unknown as Record<string, unknown>)[field];
  }

  private rememberStep(property: Property, name: string, predicate: (before: WorldView, action: Action, after: WorldView) => boolean): Remembered {
    const { width } = this.system;
    return new Remembered((read) => {
      const slots = this.slots.get(property) ?? new Map<string, number>();
      const before = new Reader(this.system, this.facets, read, slots);
      const after = new Reader(this.system, this.facets, (slot, facet) => read(slot + width, facet), slots);
      // Most properties look at the type alone; what else an action says is read when it is asked for.
      const said = (facet: Facet): unknown => facet.at(read(2 * width + 1, facet));
      const action = byField(
        (field) =>
          field === 'type' ? this.types[read(2 * width)] : said(this.facets.called(`action ${field}`, (number) => this.fieldOf(number, field))),
        () => this.actions[read(2 * width + 1)] as Action,
      ) as Action;
      return guarded(property, name, () => predicate(before, action, after));
    }, this.learned);
  }
}

const guarded = <T>(property: Property, name: string, run: () => T): T => {
  try {
    return run();
  } catch (error) {
    if (error instanceof RolecallError) throw error;
    throw new RolecallError({
      code: 'PROPERTY_THREW',
      message: `${property.type.id} threw: ${error instanceof Error ? error.message : String(error)}`,
      place: `${property.protocol.id}, ${property.type.id}, ${name}`,
      advice: 'A property is a function of the world that returns true or false; let it cope with every world.',
      cause: error,
    });
  }
};
