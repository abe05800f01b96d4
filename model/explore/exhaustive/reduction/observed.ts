import type { Facet, Facets } from '../../../property/facet.ts';
import type { Judge } from '../../../property/judge.ts';
import type { Remembered } from '../../../property/remembered.ts';
import type { EngineRole } from '../../../world/engine.ts';
import type { System } from '../../../world/system.ts';

/** What is looked at of one role: facets of its local state, or all of it. */
interface OfRole {
  readonly facets: Facet[];
  isWhole: boolean;
}

/**
 * What claims look at: facets of local states (`context peer head`), whole local states (`whole peer`), `inboxes`, `stored`. A
 * step that changes none of it cannot be seen by them. What they look at shows only as they are asked, so who relies on this
 * begins anew where it has grown. At the end nothing more can show: worlds that were left out agree with one that was kept on
 * all that was looked at, so a claim that is asked about them reads the same, and says the same.
 */
export class Observed {
  readonly names = new Set<string>();
  private readonly system: System;
  private readonly facets: Facets;
  private readonly memories: readonly Remembered[];
  private readonly seen: number[];
  private readonly roles: ReadonlyMap<EngineRole, OfRole>;

  /** @param names what is known from before. */
  constructor(system: System, judge: Judge, names: readonly string[]) {
    this.system = system;
    this.facets = judge.facets;
    this.memories = [...judge.always, ...judge.sometimes, ...judge.steps].map(({ memory }) => memory);
    this.seen = this.memories.map(() => 0);
    this.roles = new Map([...new Set(system.instances.map(({ role }) => role))].map((role) => [role, { facets: [], isWhole: false }]));
    for (const name of names) this.note(name);
  }

  /** Takes in what was read. Returns how much is known in all. */
  size(): number {
    for (let i = 0; i < this.memories.length; i++) {
      const { looks } = this.memories[i] as Remembered;
      for (let at = this.seen[i] as number; at < looks.length; at++) {
        const name = this.nameOf(looks[at] as (typeof looks)[number]);
        if (name !== null) this.note(name);
      }
      this.seen[i] = looks.length;
    }
    return this.names.size;
  }

  get seesInboxes(): boolean {
    return this.names.has('inboxes');
  }

  get seesStored(): boolean {
    return this.names.has('stored');
  }

  /** Whether claims tell two local states of a role apart. */
  tellApart(role: EngineRole, before: number, after: number): boolean {
    if (before === after) return false;
    const { facets, isWhole } = this.roles.get(role) as OfRole;
    return isWhole || facets.some((facet) => facet.of(before) !== facet.of(after));
  }

  /**
   * Lives, links and the like change by faults alone, with which nothing is left out. A claim about two states reads one row
   * and then the other; what it looks at of the step itself is no slot of either.
   */
  private nameOf({ slot: read, facet }: Remembered['looks'][number]): string | null {
    const { localSlot, inboxSlot, storedSlot, instances, width } = this.system;
    if (read >= 2 * width) return null;
    const slot = read % width;
    if (inboxSlot.includes(slot)) return 'inboxes';
    if (storedSlot.includes(slot)) return 'stored';
    const instance = instances[localSlot.indexOf(slot)];
    if (instance === undefined) return null;
    return facet === null ? `whole ${instance.role.name}` : facet.name;
  }

  private note(name: string): void {
    if (this.names.has(name)) return;
    this.names.add(name);
    for (const [role, known] of this.roles)
      for (const kind of ['whole', 'context', 'matches', 'tag'] as const) {
        const start = `${kind} ${role.name}`;
        if (kind === 'whole' && name === start) known.isWhole = true;
        if (kind === 'whole' || !name.startsWith(`${start} `)) continue;
        const rest = name.slice(start.length + 1);
        known.facets.push(
          kind === 'context'
            ? this.facets.context(role, rest)
            : kind === 'matches'
              ? this.facets.matches(role, rest)
              : this.facets.hasTag(role, rest),
        );
      }
  }
}
