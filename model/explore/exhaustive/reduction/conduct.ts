import type { Move } from '../../../world/move.ts';
import { takenOf, variantOf } from '../../../world/offer.ts';
import type { Instance, System } from '../../../world/system.ts';

/**
 * Who may still send to whom: of each role in each of its states, which states it has been seen to go to and which roles it
 * has been seen to send to. A state of which nothing is known may send to anybody. It is learned from steps that were looked
 * at; who relies on it begins anew where a step shows more. At the end nothing more can show, because every step that is
 * possible at all is among those of the worlds that were kept.
 */
export class Conduct {
  readonly facts: Set<string>;
  private readonly system: System;
  private readonly roles: readonly string[];
  /** By role and state: the roles that may be sent to from there on, one bit each. */
  private readonly reach = new Map<string, number>();
  private readonly keys: (string | undefined)[][] = [];
  private readonly looked = new Set<Move>();
  private readonly roleOf: Int32Array;

  /** @param facts what is known from before; it alone is relied on. */
  constructor(system: System, facts: readonly string[]) {
    this.system = system;
    this.facts = new Set(facts);
    this.roles = [...new Set(system.instances.map(({ role }) => role.name))];
    this.roleOf = Int32Array.from(system.instances, ({ role }) => this.roles.indexOf(role.name));
    this.settle(facts);
  }

  /** Takes in what a move shows. */
  look(move: Move): void {
    if (!('offer' in move) || this.looked.has(move)) return;
    this.looked.add(move);
    const { offer, variant } = move;
    const { system, facts } = this;
    const { step } = takenOf(system, offer);
    const before = this.keyOf(offer.instance, offer.from.local);
    const after = this.keyOf(offer.instance, step.next);
    facts.add(before);
    facts.add(after);
    if (before !== after) facts.add(`${before}${goes}${after}`);
    if (step.effects.length === 0) return;
    for (const operation of variantOf(system, offer, variant).operations)
      if (operation.kind === 'send')
        for (const target of operation.targets) facts.add(`${before}${sends}${this.roles[this.roleOf[target] as number]}`);
  }

  /** Whether an instance, in its present local state, may send to another at some time if nobody else does anything. */
  maySend(from: number, local: number, to: number): boolean {
    const [sender, receiver] = [this.system.instances[from] as Instance, this.system.instances[to] as Instance];
    if (sender.host !== receiver.host && !this.system.linked(sender.host, receiver.host)) return false;
    const reach = this.reach.get(this.keyOf(from, local)) ?? everybody;
    return (reach & (1 << (this.roleOf[to] as number))) !== 0;
  }

  private keyOf(instance: number, local: number): string {
    const role = this.roleOf[instance] as number;
    const keys = (this.keys[role] ??= []);
    let key = keys[local];
    if (key === undefined) {
      const { name, memory } = (this.system.instances[instance] as Instance).role;
      const { value, status } = memory.snapshot(local);
      key = `${name} ${JSON.stringify(value)}${status === 'active' ? '' : ` ${status}`}`;
      keys[local] = key;
    }
    return key;
  }

  /** Works out from single steps what may come in the end. */
  private settle(facts: readonly string[]): void {
    const next = new Map<string, string[]>();
    for (const fact of facts) {
      const [state, role] = fact.split(sends) as [string, string | undefined];
      const [from, to] = fact.split(goes) as [string, string | undefined];
      if (role !== undefined) this.reach.set(state, (this.reach.get(state) ?? 0) | (1 << this.roles.indexOf(role)));
      else if (to !== undefined) next.set(from, [...(next.get(from) ?? []), to]);
      else if (!this.reach.has(from)) this.reach.set(from, 0);
    }
    for (let grows = true; grows; ) {
      grows = false;
      for (const [from, list] of next)
        for (const to of list) {
          const before = this.reach.get(from) ?? 0;
          const after = before | (this.reach.get(to) ?? everybody);
          if (after === before) continue;
          this.reach.set(from, after);
          grows = true;
        }
    }
  }
}

/** All bits. */
const everybody = -1;

/** Between the parts of a fact; no state is called so. */
const [goes, sends] = [' → ', ' ! '];
