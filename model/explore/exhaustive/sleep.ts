import { NONE } from '../../world/system.ts';
import { countAt, mindsAt, touchesAt } from './layout.ts';
import type { Programs } from './programs.ts';

/** Instances are told apart by bits; of those beyond, all steps are taken. */
const mostInstances = 31;

/**
 * Steps that lead to worlds which are known already, and so need not be taken: sleep sets (Godefroid, Partial-Order Methods for the
 * Verification of Concurrent Systems, 1996, chapter 5). Let a world be expanded, first the steps of one instance, then a step
 * of another, which leads to a new world. If none of the former has anything to do with the latter, they can be taken in the
 * new world, too; and what they lead to there is found from the worlds to which they led before, which have lower numbers and are
 * expanded earlier. So breadth first, all worlds have the same numbers, parents and depths as without it.
 */
export class Sleep {
  /** By instance: how many steps were gathered up to its own. */
  readonly ends: Int32Array;
  /** Whether steps of the present world may be passed over. */
  isOn = false;
  /** How many steps of the present world are not taken, by instance. */
  private readonly passed: Int32Array;
  private readonly programs: Programs;
  /** By instance: where what it can do stands among the programs. */
  private readonly starts: Int32Array;
  /** Those that sleep in the present world, as bits. */
  private now = 0;
  /** Whether any step of the present world is not taken. */
  isAny = false;

  constructor(programs: Programs, starts: Int32Array) {
    this.programs = programs;
    this.starts = starts;
    this.ends = new Int32Array(starts.length);
    this.passed = new Int32Array(starts.length);
  }

  /**
   * A world is expanded next.
   * @param isSound whether all of its steps are gathered, in the order of instances, and each is looked at for nothing but where it leads.
   * @param mask those that sleep in it, as bits.
   */
  begin(isSound: boolean, mask: number): void {
    this.isOn = isSound;
    this.now = isSound ? mask : 0;
    if (this.isAny) this.passed.fill(0);
    this.isAny = false;
  }

  /** Whether the steps of an instance need not be taken. Where a budget decides which there are, they are taken. */
  passes(instance: number): boolean {
    if (instance >= mostInstances || ((this.now >>> instance) & 1) === 0) return false;
    const count = this.programs.code[(this.starts[instance] as number) + countAt] as number;
    if (count === NONE) return false;
    this.passed[instance] = count;
    if (count > 0) this.isAny = true;
    return true;
  }

  /** Counts those that come before a step that was gathered, as if they were taken. Returns how many. */
  count(before: number): number {
    if (!this.isAny) return 0;
    let sum = 0;
    for (let instance = 0; instance < this.passed.length; instance++) {
      const count = this.passed[instance] as number;
      if (count === 0 || (this.ends[instance] as number) > before) continue;
      sum += count;
      this.programs.pass(this.starts[instance] as number);
    }
    return sum;
  }

  /** Those that sleep in the new world to which a step leads. @param nth of those that were gathered. @param part where it stands. */
  after(nth: number, part: number): number {
    const { ends, now, starts } = this;
    const { code } = this.programs;
    let mover = 0;
    while (mover < ends.length && (ends[mover] as number) <= nth) mover++;
    // A fault has to do with everything.
    if (mover === ends.length) return 0;
    const touches = code[part + touchesAt] as number;
    let asleep = 0;
    for (let other = 0; other < ends.length && other < mostInstances; other++)
      if ((other < mover || ((now >>> other) & 1) !== 0) && ((code[(starts[other] as number) + mindsAt] as number) & touches) === 0)
        asleep |= 1 << other;
    return asleep;
  }
}
