import type { Random } from '../../../kernel/random.ts';
import type { Judge } from '../../../property/judge.ts';
import { enabled, make, type Move } from '../../../world/move.ts';
import type { World } from '../../../world/world.ts';
import type { Images } from './bearers.ts';
import type { Permuting } from './permuting.ts';
import { walk } from './walks.ts';

/**
 * Tries whether a model and its claims tell hosts apart that a scenario does not: what a world leads to, once the hosts are
 * called by each other's names, has to be what the renamed world leads to, and claims have to say the same of both.
 */
export class Equivariance {
  private readonly world: World;
  private readonly judge: Judge;
  private readonly permuting: Permuting;
  private readonly images: Images;
  private readonly renamed: Int32Array;
  private readonly scratch: Int32Array;

  constructor(world: World, judge: Judge, permuting: Permuting) {
    this.world = world;
    this.judge = judge;
    this.permuting = permuting;
    this.images = permuting.identity();
    this.renamed = new Int32Array(world.row.length);
    this.scratch = new Int32Array(world.row.length);
  }

  /** The first difference that shows on walks from the start, in a sentence, or null. */
  ofWalks(random: Random): string | null {
    const { world, permuting } = this;
    world.reset();
    const start = Int32Array.from(world.row);
    for (const group of permuting.groups)
      for (let i = 1; i < group.length; i++)
        if (!permuting.areAlike(start, group[i - 1] as number, group[i] as number))
          return 'hosts that the scenario describes alike do not start alike';
    let difference: string | null = null;
    walk({ world }, random, (row) => {
      difference = this.of(row, random);
      return difference !== null;
    });
    return difference;
  }

  /** The first difference that one row shows, under names that are drawn. */
  of(row: Int32Array, random: Random): string | null {
    const { world, judge, permuting, images, renamed } = this;
    const { hosts } = world.system;
    for (const group of permuting.groups) for (const [at, host] of random.shuffled(group).entries()) images[group[at] as number] = host;
    permuting.permute(row, images, renamed);
    const [here, there] = [this.saidOf(row), this.saidOf(renamed)];
    const told = here.findIndex((said, part) => said !== there[part]);
    const parts = [...judge.always, ...judge.sometimes];
    if (told >= 0) return `${parts[told]?.property.type.id} (${parts[told]?.name}) tells ${listOf(permuting.groups, hosts)} apart`;
    const [before, after] = [this.stepsOf(row, true), this.stepsOf(renamed, false)];
    const missing = before.find(({ key }, at) => after[at]?.key !== key) ?? after.find(({ key }, at) => before[at]?.key !== key);
    if (missing === undefined) return null;
    return `${missing.name} tells ${listOf(permuting.groups, hosts)} apart, or a host name stands where no schema of type hostName says so`;
  }

  private stand(row: Int32Array): void {
    this.world.restore(row, 0, 0);
  }

  private saidOf(row: Int32Array): readonly boolean[] {
    return [...this.judge.always, ...this.judge.sometimes].map(({ memory }) => memory.evaluateRow(row));
  }

  /** Where the steps of a world lead and what is said of them, in an order that does not depend on names. */
  private stepsOf(row: Int32Array, renames: boolean): readonly { readonly key: string; readonly name: string }[] {
    const { world, judge, permuting, images, scratch } = this;
    this.stand(row);
    const steps = enabled(world).map((move) => {
      this.stand(row);
      make(world, move);
      const said = world.threw !== null ? 'threw' : (judge.ofStep(world, row, move)?.name ?? '');
      if (renames) permuting.permute(world.row, images, scratch);
      return { key: `${(renames ? scratch : world.row).join()} ${said}`, name: nameOf(move) };
    });
    return steps.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  }
}

const nameOf = (move: Move): string => ('fault' in move ? move.fault.type : move.offer.name);

const listOf = (groups: readonly (readonly number[])[], hosts: readonly string[]): string =>
  groups.map((group) => group.map((host) => hosts[host]).join(', ')).join(' or ');
