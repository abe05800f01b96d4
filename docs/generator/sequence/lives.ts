import type { HostName } from '../../../model/role/effect.ts';
import type { Story } from '../story.ts';

export type Condition = 'off' | 'up' | 'paused' | 'crashed' | 'left';

/** A stretch of a lifeline; `from` and `to` are steps, and what changes in a step changes at its row. */
export interface Stretch {
  readonly condition: Condition;
  readonly from: number;
  readonly to: number;
}

/** A time in which some hosts are cut off from the others. */
export interface Cut {
  readonly side: readonly HostName[];
  readonly from: number;
  readonly to: number;
}

/** How each host fares, stretch by stretch, from before the first step (−1) to the end. */
export const livesOf = (story: Story): ReadonlyMap<HostName, readonly Stretch[]> => {
  const end = story.steps.length;
  const lives = new Map<HostName, Stretch[]>(story.hosts.map(({ name, off }) => [name, [{ condition: off ? 'off' : 'up', from: -1, to: end }]]));
  const turn = (host: HostName, condition: Condition, at: number): void => {
    const stretches = lives.get(host);
    const last = stretches?.pop();
    if (stretches === undefined || last === undefined) return;
    stretches.push({ ...last, to: at }, { condition, from: at, to: end });
  };
  story.steps.forEach(({ action }, at) => {
    if (action.type === 'Crash') turn(action.host, 'crashed', at);
    else if (action.type === 'Pause') turn(action.host, 'paused', at);
    else if (action.type === 'Leave') turn(action.host, 'left', at);
    else if (action.type === 'Join' || action.type === 'Restart' || action.type === 'Resume') turn(action.host, 'up', at);
    else if ('crashAfter' in action && action.crashAfter !== undefined) turn(action.type === 'Deliver' ? action.to : action.host, 'crashed', at);
  });
  return lives;
};

/** Every partition, until the repair that ends it. */
export const cutsOf = (story: Story): readonly Cut[] => {
  const end = story.steps.length;
  const cuts: Cut[] = [];
  const repairs = story.steps.flatMap(({ action }, at) => (action.type === 'Repair' ? [at] : []));
  story.steps.forEach(({ action }, at) => {
    if (action.type === 'Partition') cuts.push({ side: action.side, from: at, to: repairs.find((repair) => repair > at) ?? end });
  });
  return cuts;
};
