import { Pairs } from '../../kernel/pairs.ts';
import { NONE, type System } from '../../world/system.ts';

/** Codes below this are looked up by position, where a plan depends on nothing but a local state and an inbox. */
const near = 32;

/** An entry: where a plan stands, or zero where there is none; then all that the plan depends on, so that looking it up waits once for memory. */
const entry = 8;
const [localAt, inboxAt, timersAt, environmentAt, instanceAt] = [1, 2, 3, 4, 5] as const;

/** What is known of one instance. */
interface Seat {
  /** Its slots. */
  readonly local: number;
  readonly inbox: number;
  readonly timers: number;
  readonly places: Pairs;
  readonly situations: Pairs;
  /** Where plans stand, by position; or zero. */
  readonly grid: Int32Array | null;
  /** What was asked for last: worlds that follow each other differ in little. */
  readonly last: { local: number; inbox: number; timers: number; environment: number; start: number };
}

/** The slots by which plans are found. */
export interface SeatSlots {
  /** By instance; {@link NONE} where there are no timers. */
  readonly local: readonly number[];
  readonly inbox: readonly number[];
  readonly timers: readonly number[];
  /** Slots that every instance's plan depends on: lives, statuses, links. */
  readonly shared: readonly number[];
}

export const seatSlots = ({ lifeSlot, statusSlot, linksSlot, localSlot, inboxSlot, timersSlot }: System): SeatSlots => ({
  local: [...localSlot],
  inbox: [...inboxSlot],
  timers: [...timersSlot],
  shared: [...lifeSlot, ...statusSlot, linksSlot].filter((slot) => slot !== NONE),
});

/** Where the plan of each instance stands among the programs, by what it depends on. It knows what it was told. */
export class Seats {
  private readonly shared: readonly number[];
  private readonly environments = new Pairs();
  private readonly seats: readonly Seat[];
  private capacity = 1024;
  private table = new Int32Array(entry * this.capacity);
  private count = 0;

  constructor({ local, inbox, timers, shared }: SeatSlots) {
    this.shared = shared;
    this.seats = local.map((slot, instance) => ({
      local: slot,
      inbox: inbox[instance] as number,
      timers: timers[instance] as number,
      places: new Pairs(),
      situations: new Pairs(),
      grid: shared.length === 0 && timers[instance] === NONE ? new Int32Array(near * near) : null,
      last: { local: NONE, inbox: NONE, timers: NONE, environment: NONE, start: 0 },
    }));
  }

  /** Numbers the lives, statuses and links of a world. */
  environment(codes: Int32Array): number {
    let environment = 0;
    for (let i = 0; i < this.shared.length; i++) environment = this.environments.of(environment, codes[this.shared[i] as number] as number) + 1;
    return environment;
  }

  /** Where what an instance can do stands among the programs; 0 where it is not known. */
  startOf(instance: number, environment: number, codes: Int32Array): number {
    const seat = this.seats[instance] as Seat;
    const { grid, last } = seat;
    const [local, inbox] = [codes[seat.local] as number, codes[seat.inbox] as number];
    if (grid !== null && local < near && inbox < near) return grid[local * near + inbox] as number;
    const timers = seat.timers === NONE ? 0 : (codes[seat.timers] as number);
    if (local === last.local && inbox === last.inbox && timers === last.timers && environment === last.environment) return last.start;
    const start = this.table[this.find(local, inbox, timers, environment, instance)] as number;
    if (start === 0) return 0;
    last.local = local;
    last.inbox = inbox;
    last.timers = timers;
    last.environment = environment;
    last.start = start;
    return start;
  }

  /** Numbers all that the plan of an instance depends on but for its inbox. */
  situationOf(instance: number, environment: number, codes: Int32Array): number {
    const { local, timers, places, situations } = this.seats[instance] as Seat;
    const place = places.of(codes[local] as number, environment);
    return timers === NONE ? place : situations.of(place, codes[timers] as number);
  }

  /** From now on the plan of an instance is known where it is in this situation. */
  put(instance: number, environment: number, codes: Int32Array, start: number): void {
    const seat = this.seats[instance] as Seat;
    const [local, inbox] = [codes[seat.local] as number, codes[seat.inbox] as number];
    const timers = seat.timers === NONE ? 0 : (codes[seat.timers] as number);
    if (seat.grid !== null && local < near && inbox < near) seat.grid[local * near + inbox] = start;
    if (++this.count * 2 > this.capacity) this.grow();
    this.table.set([start, local, inbox, timers, environment, instance], this.find(local, inbox, timers, environment, instance));
  }

  private find(local: number, inbox: number, timers: number, environment: number, instance: number): number {
    const { table } = this;
    let h = Math.imul(local, 0x9e3779b1) ^ Math.imul(inbox, 0x85ebca77) ^ Math.imul(timers, 0xc2b2ae3d) ^ Math.imul(environment, 0x27d4eb2f);
    h = Math.imul(h ^ (h >>> 15), 0x165667b1) + instance;
    const mask = this.capacity - 1;
    for (let place = (h ^ (h >>> 13)) & mask; ; place = (place + 1) & mask) {
      const at = entry * place;
      if (
        table[at] === 0 ||
        (table[at + localAt] === local &&
          table[at + inboxAt] === inbox &&
          table[at + timersAt] === timers &&
          table[at + environmentAt] === environment &&
          table[at + instanceAt] === instance)
      )
        return at;
    }
  }

  private grow(): void {
    const old = this.table;
    this.capacity *= 2;
    this.table = new Int32Array(entry * this.capacity);
    for (let from = 0; from < old.length; from += entry) {
      if (old[from] === 0) continue;
      const [local, inbox, timers, environment, instance] = old.subarray(from + 1, from + entry) as unknown as [
        number,
        number,
        number,
        number,
        number,
      ];
      this.table.set(old.subarray(from, from + entry), this.find(local, inbox, timers, environment, instance));
    }
  }
}
