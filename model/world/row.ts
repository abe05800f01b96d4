import { full } from '../network/inbox.ts';
import { mix32 } from '../kernel/hash.ts';
import type { Value } from '../kernel/value.ts';
import type { FaultName } from '../network/fault.ts';
import type { HostName, Message } from '../role/effect.ts';
import type { Loss } from './variant.ts';
import type { Edit, Tape } from './edit.ts';
import { type Instance, NONE, PAUSED, RUNNING, type System, UP } from './system.ts';

/** What a recorder hears of a step: what came to be in flight, and what ceased to be. */
export interface Observer {
  sent(from: number, to: number, entry: number): void;
  lost(from: number, to: HostName, message: Message, loss: Loss): void;
  delivered(to: number, entry: number): void;
  /** A copy was removed (dropped), or added (duplicated). */
  dropped(to: number, entry: number): void;
  duplicated(to: number, entry: number): void;
  /** Everything in flight to an instance is gone, or what came from one sender. */
  cleared(to: number, from: number | null): void;
  stored(host: number, role: string, key: string, value: Value): void;
  started(instance: number): void;
}

/** The plain counts of slots have no table; these stand for their content hashes. */
const countHashes = (system: System): readonly number[] => {
  const { faults, commands } = system.scenario;
  const counts = [
    ...Object.values(faults ?? {}),
    ...Object.values(commands ?? {}).flatMap((each) => Object.values(each)),
    system.bounds.fires,
    system.ticks?.most ?? 0,
  ].filter(Number.isFinite);
  return Array.from({ length: Math.max(8, ...counts) + 1 }, (_, n) => mix32(n + 0x51ed270b));
};

/**
 * A row of small integers, with its content hash kept up to date slot by slot, and what can be read off it. Steps change
 * the row in place; whoever needs the state before keeps a copy of the row.
 */
export class Row {
  readonly system: System;
  readonly row: Int32Array;
  /** The halves of the content hash: the sum of a mix of each slot. */
  hi = 0;
  lo = 0;
  /** Slots that the last step changed; `changes` of them. As many as it holds stands for all. */
  readonly changed: Int32Array;
  changes = 0;
  /** The bounds that have cut something off. */
  readonly cuts = new Set<string>();
  observer: Observer | null = null;
  /** Set while a search learns what a step does, which then is no step of a run. */
  tape: Tape | null = null;
  private readonly weights: Int32Array;
  private readonly hisOf: readonly (readonly number[])[];
  private readonly losOf: readonly (readonly number[])[];

  constructor(system: System) {
    this.system = system;
    this.row = new Int32Array(system.width);
    this.changed = new Int32Array(system.width * 4);
    this.weights = Int32Array.from({ length: system.width }, (_, slot) => mix32(slot * 2 + 1) | 1);
    const counts = countHashes(system);
    this.hisOf = system.tables.map((table) => table?.his ?? counts);
    this.losOf = system.tables.map((table) => table?.los ?? counts);
  }

  /** Takes the hash of the whole row; from then on each step keeps it. */
  rehash(): void {
    this.hi = 0;
    this.lo = 0;
    for (let slot = 0; slot < this.row.length; slot++) this.count(slot, this.row[slot] as number);
  }

  private count(slot: number, value: number): void {
    const weight = this.weights[slot] as number;
    this.hi = (this.hi + Math.imul((this.hisOf[slot] as readonly number[])[value] as number, weight)) | 0;
    this.lo = (this.lo + Math.imul((this.losOf[slot] as readonly number[])[value] as number, weight)) | 0;
  }

  /** Whatever the slot held, it holds this. */
  set(slot: number, value: number): void {
    this.tape?.edited(slot, this.system.edits.put(value));
    this.put(slot, value);
  }

  /** The same, where the value follows from what the slot holds. */
  replace(slot: number, value: number, edit: Edit): void {
    this.tape?.edited(slot, edit);
    this.put(slot, value);
  }

  /** Changes a slot by what it holds. False where it takes no more. */
  edit(slot: number, edit: Edit): boolean {
    this.tape?.edited(slot, edit);
    const after = edit.of(this.row[slot] as number);
    if (after === full) this.cut('inbox');
    if (after < 0) return false;
    this.put(slot, after);
    return true;
  }

  private put(slot: number, value: number): void {
    const old = this.row[slot] as number;
    if (old === value) return;
    this.row[slot] = value;
    const weight = this.weights[slot] as number;
    const his = this.hisOf[slot] as readonly number[];
    const los = this.losOf[slot] as readonly number[];
    this.hi = (this.hi + Math.imul((his[value] as number) - (his[old] as number), weight)) | 0;
    this.lo = (this.lo + Math.imul((los[value] as number) - (los[old] as number), weight)) | 0;
    if (this.changes < this.changed.length) this.changed[this.changes++] = slot;
  }

  life(host: number): number {
    const slot = this.system.lifeSlot[host] as number;
    return slot === NONE ? UP : (this.row[slot] as number);
  }

  status(instance: number): number {
    const slot = this.system.statusSlot[instance] as number;
    return slot === NONE ? RUNNING : (this.row[slot] as number);
  }

  get linksNow(): number {
    return this.system.linksSlot === NONE ? 0 : (this.row[this.system.linksSlot] as number);
  }

  inbox(instance: number): number {
    return this.row[this.system.inboxSlot[instance] as number] as number;
  }

  local(instance: number): number {
    return this.row[this.system.localSlot[instance] as number] as number;
  }

  timers(instance: number): number {
    const slot = this.system.timersSlot[instance] as number;
    return slot === NONE ? 0 : (this.row[slot] as number);
  }

  budget(slot: number): number {
    return this.row[slot] as number;
  }

  /** Whether the scenario lets a fault strike once more. */
  hasLeft(fault: FaultName): boolean {
    const slot = this.system.budgetSlot.get(fault);
    return slot !== undefined && (slot === NONE || this.budget(slot) > 0);
  }

  /** Counts a fault that strikes. */
  spend(fault: FaultName): void {
    const slot = this.system.budgetSlot.get(fault) ?? NONE;
    if (slot !== NONE) this.edit(slot, this.system.edits.spend);
  }

  /** Whether the host receives: up, or paused. */
  receives(host: number): boolean {
    const life = this.life(host);
    return life === UP || life === PAUSED;
  }

  /** Whether the role instance takes steps: its host is up and it runs. */
  runs(instance: number): boolean {
    return this.life((this.system.instances[instance] as Instance).host) === UP && this.status(instance) === RUNNING;
  }

  /** Whether the host is up that all links pass through; true where there is none. */
  isThroughUp(): boolean {
    return this.system.through === NONE || this.life(this.system.through) === UP;
  }

  /** Whether messages pass in this direction now, lives of the two hosts aside. */
  passes(from: number, to: number): boolean {
    if (from === to) return true;
    return this.isThroughUp() && !this.system.links.isBlocked(this.linksNow, from, to);
  }

  /** Whether nothing that is sent now passes in this direction. */
  isCut(from: number, to: number): boolean {
    return this.system.links.isCut(this.linksNow, from, to) || !this.isThroughUp();
  }

  /** Notes that a bound cut something off. */
  cut(bound: string): void {
    if (this.tape === null) this.cuts.add(bound);
  }

  /** A fingerprint of the whole world: sixteen hex digits over the content of every slot. */
  fingerprint(): string {
    const { interner } = this.system.engine;
    const parts = [...this.row].map((value, slot) => {
      const table = this.system.tables[slot];
      return table === undefined ? value : interner.fingerprint(table.id(value));
    });
    return interner.fingerprint(interner.intern(parts));
  }
}
