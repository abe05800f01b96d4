import { describe, expect, it } from 'vitest';
import { catalogue } from '../../cli/catalogue.ts';
import { liveInMemory } from './fixture.ts';
import { logText } from './log.ts';
import { readLog } from './read.ts';
import { validate } from './validate.ts';

const entries = await Promise.all(catalogue.map(({ load }) => load()));
const protocolOf = (id: string) => {
  const found = entries.find(({ protocol }) => protocol.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

describe('a run of live hosts', () => {
  it.each([
    ['blockchain', 'pair'],
    ['blockchain', 'crash'],
    ['blockchain', 'join'],
    ['blockchain', 'wallets'],
    ['blockchain', 'reordering'],
    ['request-response', 'crash'],
    ['request-response', 'connection'],
    ['request-response', 'failOver'],
    ['host', 'lives'],
  ])('of %s, %s, is allowed', (id, scenario) => {
    const { protocol } = protocolOf(id);
    for (let seed = 1; seed <= 5; seed++) {
      const log = liveInMemory(protocol, scenario, { seed, steps: 200 });
      const { verdict, divergence, placed } = validate(protocol, readLog(logText(log), 'log'));
      expect({ verdict, says: divergence?.says, placed }, `seed ${seed}`).toEqual({ verdict: 'allowed', says: undefined, placed: log.lines.length });
    }
  });
});
