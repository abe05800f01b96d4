import type { Search } from '../search.ts';
import type { Batch } from './batch.ts';
import type { Crew } from './crew.ts';
import { type Learned, Lessons } from './lessons.ts';
import { type Mark, markOf, returnTo } from './mark.ts';
import { isSettled } from './settling.ts';
import { mostWorlds, Team } from './team.ts';

const leastWorlds = 256;

/** Batches between two looks at the clock, the memory and the user; and worlds that are learned, which takes longer. */
const atOnce = 64;
const mostLessons = 256;

/** Below so many worlds a search is over before threads are worth their start. */
const worthwhile = 4_000;

/** So many new worlds that a world leads to are reckoned with where a limit is near. */
const mostNew = 64;

/**
 * Expands worlds by the batch, in several threads, with the very outcome of one. Threads find what worlds lead to, by what is known;
 * this one learns what is not, and while the others are at the next batch, numbers new worlds in the order in which it would have
 * found them alone, and asks claims. After each call a search stands where it would stand with one thread. Where a claim fails, a
 * limit is reached or a thread is lost within a batch, the batch is forgotten, and the search goes on with one thread.
 */
export class Batches {
  /** Threads that have died, or said nothing for too long. */
  lost = 0;
  private readonly search: Search;
  private readonly team: Team;
  private readonly lessons: Lessons;
  private isOver = false;
  /** Where the search stood before the batch that one thread has to do again. */
  private mark: Mark | null = null;

  constructor(search: Search, crew: Crew) {
    this.search = search;
    this.team = new Team(search, crew);
    this.lessons = new Lessons(search, this.team);
  }

  /** By thread, this one first: how many worlds it has expanded. */
  get shares(): readonly number[] {
    const others = this.team.shares.slice(1);
    return [this.search.expanded - others.reduce((sum, share) => sum + share, 0), ...others];
  }

  /** How much was learned that one thread would not have had to learn. */
  get ahead(): Learned {
    return this.lessons.ahead;
  }

  /** Expands some batches. False where one thread has to go on alone. */
  advance(): boolean {
    const { search, team } = this;
    const { visited } = search;
    if (this.isOver || search.expanded < worthwhile) return false;
    this.lost = team.lost;
    if (this.lost > 0) return this.alone();
    if (!team.isThere()) return false;
    const begun = search.expanded;
    let last: Batch | null = null;
    const enough = this.lessons.worlds + mostLessons;
    for (let n = 0; n < atOnce && this.lessons.worlds < enough; ) {
      const [from, to] = this.next(last);
      const isEnough = to - from >= leastWorlds && search.depths.at(to - 1) < search.limits.depth;
      if (last !== null && !(isEnough && visited.hasRoom(team.places))) {
        if (!this.isFinished(last)) return this.alone();
        last = null;
      } else if (isEnough) {
        if (last === null) team.renew();
        const batch: Batch = { set: last === null ? 0 : 1 - last.set, from, to };
        if (!this.isExpanded(batch, last)) return this.alone();
        last = batch;
        n++;
      } else break;
    }
    if (last !== null && !this.isFinished(last)) return this.alone();
    return search.expanded > begun;
  }

  /** The worlds of the next batch, of which there may be too few. */
  private next(last: Batch | null): readonly [from: number, to: number] {
    const { expanded, limits, visited } = this.search;
    const from = last?.to ?? expanded;
    const room = Math.floor((limits.states - visited.count) / mostNew);
    return [from, from + Math.min(mostWorlds, visited.count - from, room)];
  }

  /** One thread goes on, from the start of the batch that it has to do again. */
  private alone(): false {
    this.end();
    if (this.mark !== null) returnTo(this.search, this.mark);
    return false;
  }

  /** Lets the other threads go. */
  end(): void {
    this.isOver = true;
    this.team.end();
  }

  /**
   * Expands the worlds of a batch, while the one before it is completed and settled. False where one thread has to go on, from the start
   * of the batch that could not be settled or expanded.
   */
  private isExpanded(batch: Batch, before: Batch | null): boolean {
    const { search, team } = this;
    for (let last = before; ; ) {
      if (last === null) search.visited.reserve(team.places);
      const known = search.watch.looksAndDoubts;
      team.begin(batch);
      const isComplete = last === null || this.lessons.complete(last);
      const isSound = last === null || (isComplete && this.isSettled(last));
      if (isSound) team.own.expandAll();
      this.lost = team.silent();
      if (isComplete && !isSound) return false;
      if (this.lost > 0) return this.goOnFromHere();
      if (last !== null && !isComplete) {
        this.expandAnew(last, batch);
        if (!this.isExpanded(last, null)) return false;
        continue;
      }
      last = null;
      // What claims have come to look at since was not heeded in what these worlds lead to.
      const isStale = search.watch.looksAndDoubts !== known;
      const { isFull } = team;
      if (!isStale && !isFull) return true;
      team.undo(batch);
      if (isStale) team.renew();
      if (isFull) team.enlarge();
    }
  }

  /** Completes and settles a batch, while the other threads have nothing to do. */
  private isFinished(batch: Batch): boolean {
    while (!this.lessons.complete(batch)) {
      this.expandAnew(batch);
      if (!this.isExpanded(batch, null)) return false;
    }
    return this.isSettled(batch);
  }

  /** Gives back what batches took, and makes the room that was missing. */
  private expandAnew(...batches: readonly Batch[]): void {
    this.team.undo(...batches);
    if (this.team.own.isFull) this.team.enlarge();
  }

  private isSettled(batch: Batch): boolean {
    const mark = markOf(this.search);
    if (!isSettled(this.search, this.team, batch)) {
      this.mark = mark;
      return false;
    }
    this.lessons.forget();
    return true;
  }

  private goOnFromHere(): false {
    this.mark = markOf(this.search);
    return false;
  }
}
