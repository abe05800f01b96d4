import type { Offer, Seat } from '../world/offer.ts';
import { NONE } from '../world/system.ts';
import type { World } from '../world/world.ts';

/** The slot decides which instances run at all: the life of a host, or the status of a role. */
const shared = -2;

/** For each slot the instance whose offers it decides, {@link shared}, or {@link NONE}. */
const ownersOf = ({ system }: World): Int32Array => {
  const owners = new Int32Array(system.width).fill(NONE);
  for (const slots of [system.localSlot, system.inboxSlot, system.timersSlot])
    slots.forEach((slot, instance) => {
      if (slot !== NONE) owners[slot] = instance;
    });
  for (const slot of [...system.lifeSlot, ...system.statusSlot]) if (slot !== NONE) owners[slot] = shared;
  return owners;
};

/**
 * The offers of all running instances of a world by number, in canonical order. Their numbers are kept from step to step,
 * and counted again where the step changed something; a seat is looked up once for as long as it stays.
 */
export class Offers {
  /** How many there are, whether or not links and budgets allow them. */
  total = 0;
  private readonly world: World;
  private readonly owners: Int32Array;
  private readonly counts: Int32Array;
  private readonly seats: (Seat | null)[];
  private isCounted = false;

  constructor(world: World) {
    this.world = world;
    this.owners = ownersOf(world);
    this.counts = new Int32Array(world.system.instances.length);
    this.seats = Array.from(this.counts, () => null);
  }

  /** Takes in what the last step changed. */
  follow(): void {
    const { world } = this;
    if (!this.isCounted || world.changes === world.changed.length) this.countAll();
    else
      for (let i = 0; i < world.changes; i++) {
        const owner = this.owners[world.changed[i] as number] as number;
        if (owner >= 0) this.count(owner);
        else if (owner === shared) this.countAll();
      }
    this.isCounted = true;
  }

  private countAll(): void {
    for (let instance = 0; instance < this.counts.length; instance++) this.count(instance);
  }

  private count(instance: number): void {
    const count = this.world.runs(instance) ? this.world.offers(instance) : 0;
    this.total += count - (this.counts[instance] as number);
    this.counts[instance] = count;
    this.seats[instance] = null;
  }

  /** The nth offer, where links and budgets allow it. One whose budget is spent is not even made. */
  allowed(nth: number): Offer | null {
    const { world, counts } = this;
    let left = nth;
    let instance = 0;
    while (left >= (counts[instance] as number)) left -= counts[instance++] as number;
    let seat = this.seats[instance] as Seat | null;
    if (seat === null) {
      seat = world.seat(instance);
      this.seats[instance] = seat;
    }
    const budget = seat.budgetOf(left);
    if (budget !== NONE && world.budget(budget) === 0) return null;
    const offer = seat.offer(left);
    return world.allows(offer) ? offer : null;
  }
}
