import { describe, expect, it } from 'vitest';
import { Random } from '../../model/kernel/random.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import type { ScenarioType } from '../../model/protocol/scenario.ts';
import { Engine } from '../../model/world/engine.ts';
import { enabled, make } from '../../model/world/move.ts';
import { settingOf, System } from '../../model/world/system.ts';
import { World } from '../../model/world/world.ts';
import { twoPhaseCommit } from './two-phase-commit.ts';

/** All worlds that can be reached, breadth first. Commands cost nothing here, for the specification does not count them. */
const enumerate = (participants: number) => {
  const protocol = twoPhaseCommit(participants) as unknown as Protocol;
  const scenario = protocol.scenarios['all'] as ScenarioType;
  const system = new System(new Engine(protocol, 'plain', null), scenario, settingOf(scenario, 0, new Random(1)), 0);
  const world = new World(system);
  const budgets = [...system.commandSlot.values()].map((slot) => [slot, world.budget(slot)] as const);
  const seen = new Map<string, number>();
  const rows: Int32Array[] = [];
  const note = (depth: number): void => {
    for (const [slot, budget] of budgets) world.set(slot, budget);
    const key = world.row.join();
    if (seen.has(key)) return;
    seen.set(key, depth);
    rows.push(Int32Array.from(world.row));
  };
  let steps = 0;
  note(1);
  for (const row of rows) {
    const depth = seen.get(row.join()) as number;
    world.restore(row, 0, 0);
    for (const move of enabled(world)) {
      world.restore(row, 0, 0);
      make(world, move);
      steps++;
      note(depth + 1);
    }
  }
  return { distinct: rows.length, steps, depth: Math.max(...seen.values()) };
};

describe('two-phase commit', () => {
  it('has the distinct states, the effective steps and the depth that TLC finds, for 3 participants', () => {
    expect(enumerate(3)).toEqual({ distinct: 288, steps: 761, depth: 11 });
  });

  it('has those of 5 participants', () => {
    const { distinct, depth } = enumerate(5);
    expect({ distinct, depth }).toEqual({ distinct: 8832, depth: 17 });
  });
});
