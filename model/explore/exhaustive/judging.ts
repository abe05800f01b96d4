import type { Judge, Part } from '../../property/judge.ts';
import type { Act } from './change.ts';
import type { Programs } from './programs.ts';
import type { Standpoint } from './standpoint.ts';
import type { Watch } from './watch.ts';

/** Asks claims of the worlds and the steps that a search finds, as the standpoint shows them. */
export class Judging {
  private readonly judge: Judge;
  private readonly watch: Watch;
  private readonly standpoint: Standpoint;
  private readonly programs: Programs;
  /** By the number of an act: the number of its move as an action. */
  private readonly actionNumbers: number[] = [];

  constructor(judge: Judge, watch: Watch, standpoint: Standpoint, programs: Programs) {
    this.judge = judge;
    this.watch = watch;
    this.standpoint = standpoint;
    this.programs = programs;
  }

  /** The first claim that fails in a new world, of those with these bits. */
  failedIn(due: number): Part | null {
    return this.watch.failed(due, this.standpoint.after);
  }

  /** Notes what a new world shows, of that with these bits. */
  note(due: number, index: number, parent: number): void {
    const { judge, standpoint, watch } = this;
    watch.look(due, standpoint.after, index);
    if (judge.hasSteps) watch.stillness.arrive(due, standpoint.after, parent);
  }

  /** The first claim that fails of a step, of those with these bits. */
  failedOf(act: number, asked: number): Part | null {
    const { actionNumbers, judge, programs, standpoint, watch } = this;
    const { both } = standpoint;
    const { move } = programs.acts[act] as Act;
    standpoint.showBefore();
    both[both.length - 2] = judge.typeNumber(move);
    both[both.length - 1] = actionNumbers[act] ??= judge.actionNumber(move);
    return watch.stillness.failed(asked, both);
  }
}
