import { make, type Move } from '../../world/move.ts';
import { NONE } from '../../world/system.ts';
import type { World } from '../../world/world.ts';
import type { FaultLists } from './fault-lists.ts';
import { endAt, nextAt, partsAt } from './layout.ts';
import type { Outcome, Plans } from './plans.ts';
import type { Programs } from './programs.ts';
import type { Standpoint } from './standpoint.ts';

/** What leads on from a world, as moves. A search itself needs none; who tells of what it found does. */
export class Ways {
  private readonly world: World;
  private readonly plans: Plans;
  private readonly faults: FaultLists;
  private readonly programs: Programs;
  private readonly standpoint: Standpoint;

  constructor(world: World, plans: Plans, faults: FaultLists, programs: Programs, standpoint: Standpoint) {
    this.world = world;
    this.plans = plans;
    this.faults = faults;
    this.programs = programs;
    this.standpoint = standpoint;
  }

  /** Whether a part of a plan can be taken in the present world. */
  readonly affords = ({ budget, crashes }: Outcome): boolean => {
    const { standpoint } = this;
    return (budget === NONE || standpoint.valueOf(budget) > 0) && (crashes === NONE || standpoint.valueOf(crashes) > 0);
  };

  /** Every effective move of a world, in the order in which the search makes them. */
  of(index: number): readonly Move[] {
    const { plans, standpoint, world } = this;
    standpoint.restore(index);
    const environment = plans.environment(standpoint.codes);
    const offers = world.system.instances.flatMap(({ index: instance }) => {
      const plan = plans.planAt(plans.startOf(instance, environment, standpoint.codes));
      return plan.parts.flatMap((part, nth) => (this.affords(part) ? [plans.moveOf(plan, nth)] : []));
    });
    return [...offers, ...this.faults.now(environment).map(({ move }) => move)];
  }

  /** A move that leads from one world to another. */
  between(from: number, to: number): Move {
    const { standpoint, world } = this;
    standpoint.restore(to);
    const wanted = Int32Array.from(world.row);
    for (const move of this.of(from)) {
      standpoint.restore(from);
      make(world, move);
      if (world.row.every((value, slot) => value === wanted[slot])) return move;
    }
    throw new Error(`no move leads from world ${from} to world ${to}`);
  }

  /** A step that was gathered in the present world, which shows its row. @param starts of the programs of all instances. */
  moveOf(nth: number, starts: Int32Array): Move {
    const { plans, standpoint } = this;
    const { code } = this.programs;
    const at = standpoint.stepAt(nth);
    const start = starts.find((each) => each <= at && at < (code[each + endAt] as number));
    if (start === undefined) return standpoint.actOf(nth).move;
    let part = 0;
    for (let from = code[start + partsAt] as number; from < at; from = code[from + nextAt] as number) part++;
    return plans.moveOf(plans.planAt(start), part);
  }
}
