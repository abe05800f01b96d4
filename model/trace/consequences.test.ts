import { describe, expect, it } from 'vitest';
import { note, speakerRole, stage } from '../../properties/engine/speaker.ts';
import { Random } from '../kernel/random.ts';
import { Arena } from '../property/arena.ts';
import { namedHost, type ScenarioType } from '../protocol/scenario.ts';
import type { Action } from '../world/action.ts';
import { settingOf } from '../world/system.ts';
import { consequencesOf, withoutConsequences } from './consequences.ts';

const told = (to: string, ordinal: number): Action => ({
  type: 'Deliver',
  from: 'ann',
  fromRole: 'speaker',
  to,
  toRole: 'speaker',
  message: 'Note',
  ordinal,
});
const tell = (script: string): Action => ({ type: 'Command', host: 'ann', role: 'speaker', command: 'perform', value: { script } });

describe('leaving out an action with what follows from it', () => {
  const scripts = { one: [{ type: 'broadcast', message: note(1) }], two: [{ type: 'broadcast', message: note(2) }] } as const;
  const protocol = stage(
    { speaker: speakerRole(scripts) },
    { hosts: ['ann', 'ben', 'cat'].map((name) => namedHost(name, ['speaker'])), network: { link: 'datagram' } },
  );
  const scenario = protocol.scenarios['one'] as ScenarioType;
  const place = new Arena(protocol, scenario, [], null).at(settingOf(scenario, 0, new Random(1)));
  const setting = place.setting;
  const actions = [tell('one'), tell('two'), told('ben', 1), told('cat', 2), told('ben', 2), told('cat', 1)];
  const known = consequencesOf(place, actions);

  it('knows who has sent what', () => {
    expect(known.causes).toEqual([-1, -1, 0, 1, 1, 0]);
  });

  it('takes its messages too, and names those that were sent later anew', () => {
    expect(withoutConsequences({ setting, actions }, known, 0).actions).toEqual([tell('two'), told('cat', 1), told('ben', 1)]);
    expect(withoutConsequences({ setting, actions }, known, 1).actions).toEqual([tell('one'), told('ben', 1), told('cat', 1)]);
    expect(withoutConsequences({ setting, actions }, known, 2).actions).toEqual([
      tell('one'),
      tell('two'),
      told('cat', 2),
      told('ben', 2),
      told('cat', 1),
    ]);
  });
});
