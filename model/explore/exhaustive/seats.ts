import { Pairs } from '../../kernel/pairs.ts';
import { NONE, type System } from '../../world/system.ts';

/** Situations and codes below this are looked up by position. */
const near = 32;

/** What is known of one instance. */
interface Seat {
  /** Its slots. */
  readonly local: number;
  readonly inbox: number;
  readonly timers: number;
  readonly places: Pairs;
  readonly situations: Pairs;
  /** By situation, and by the code of the inbox: the number of the plan. */
  readonly plans: Pairs;
  /** By number of the plan: where it stands among the programs. */
  readonly starts: number[];
  /** The same by situation and code, where both are below {@link near}; or zero. */
  readonly grid: Int32Array;
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

  constructor({ local, inbox, timers, shared }: SeatSlots) {
    this.shared = shared;
    this.seats = local.map((slot, instance) => ({
      local: slot,
      inbox: inbox[instance] as number,
      timers: timers[instance] as number,
      places: new Pairs(),
      situations: new Pairs(),
      plans: new Pairs(),
      starts: [],
      grid: new Int32Array(near * near),
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
    const { last } = seat;
    const [local, inbox] = [codes[seat.local] as number, codes[seat.inbox] as number];
    const timers = seat.timers === NONE ? 0 : (codes[seat.timers] as number);
    if (local === last.local && inbox === last.inbox && timers === last.timers && environment === last.environment) return last.start;
    const start = this.found(seat, local, inbox, timers, environment);
    if (start === 0) return 0;
    last.local = local;
    last.inbox = inbox;
    last.timers = timers;
    last.environment = environment;
    last.start = start;
    return start;
  }

  private found(seat: Seat, local: number, inbox: number, timers: number, environment: number): number {
    const situation = this.situated(seat, local, timers, environment);
    if (situation >= near || inbox >= near) return seat.starts[seat.plans.of(situation, inbox)] ?? 0;
    const start = seat.grid[situation * near + inbox] as number;
    if (start !== 0) return start;
    return (seat.grid[situation * near + inbox] = seat.starts[seat.plans.of(situation, inbox)] ?? 0);
  }

  private situated(seat: Seat, local: number, timers: number, environment: number): number {
    let situation = local;
    if (this.shared.length > 0) situation = seat.places.of(situation, environment);
    return seat.timers === NONE ? situation : seat.situations.of(situation, timers);
  }

  /** Numbers all that the plan of an instance depends on but for its inbox. */
  situationOf(instance: number, environment: number, codes: Int32Array): number {
    const seat = this.seats[instance] as Seat;
    return this.situated(seat, codes[seat.local] as number, seat.timers === NONE ? 0 : (codes[seat.timers] as number), environment);
  }

  /** From now on the plan of an instance is known where it is in this situation. */
  put(instance: number, environment: number, codes: Int32Array, start: number): void {
    const seat = this.seats[instance] as Seat;
    const number = seat.plans.of(this.situationOf(instance, environment, codes), codes[seat.inbox] as number);
    while (seat.starts.length < number) seat.starts.push(0);
    seat.starts[number] = start;
  }
}
