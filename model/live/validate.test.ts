import { describe, expect, it } from 'vitest';
import { catalogue } from '../../cli/catalogue.ts';
import { mutantOf } from '../property/arena.ts';
import { liveInMemory } from './fixture.ts';
import { isRoleLine, type Log, type LogLine, logText, type RoleLine } from './log.ts';
import { readLog } from './read.ts';
import { validate } from './validate.ts';

const entries = await Promise.all(catalogue.map(({ load }) => load()));
const entryOf = (id: string) => {
  const found = entries.find(({ protocol }) => protocol.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

/** A run in memory, as it would be read from its file. */
const ran = (id: string, scenario: string, seed: number, mutant: string | null = null, steps = 200): Log => {
  const { protocol, properties } = entryOf(id);
  return readLog(logText(liveInMemory(protocol, scenario, { seed, steps, mutant: mutantOf(properties, mutant)?.mutant ?? null })), 'log');
};
const judged = (log: Log, tries?: number) => validate(entryOf(log.head.protocol).protocol, log, tries);
const withLines = (log: Log, change: (line: RoleLine) => LogLine): Log => ({
  ...log,
  lines: log.lines.map((line) => (isRoleLine(line) ? change(line) : line)),
});
const blackBox = (log: Log): Log => withLines(log, ({ rules: _, state: __, ...seen }) => seen);

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
    ['host', 'software'],
    ['two-phase-commit', 'three'],
  ])('of %s, %s, is allowed, and so is what can be seen of it from outside', (id, scenario) => {
    for (let seed = 1; seed <= 4; seed++) {
      const log = ran(id, scenario, seed);
      for (const seen of [log, blackBox(log)]) {
        const { verdict, divergence, placed } = judged(seen);
        expect({ verdict, says: divergence?.says, placed }, `seed ${seed}`).toEqual({
          verdict: 'allowed',
          says: undefined,
          placed: log.lines.length,
        });
      }
    }
  });

  it('has crashes, restarts and broken connections among what is allowed', () => {
    const logs = [1, 2, 3, 4].map((seed) => ran('blockchain', 'crash', seed));
    const events = logs.flatMap(({ lines }) => lines.map(({ event }) => ('how' in event ? event.how : event.type)));
    expect(events).toEqual(expect.arrayContaining(['start', 'crash', 'restart', 'deliver', 'fire', 'command']));
    expect(logs.flatMap((log) => judged(log).filled).some((words) => words.startsWith('Break '))).toBe(true);
  });

  it('is unknown where the tries are spent, which is never "allowed"', () => {
    const log = ran('blockchain', 'pair', 1);
    expect(judged(log, 5)).toMatchObject({ verdict: 'unknown' });
    expect(judged(log, 5).placed).toBeLessThan(log.lines.length);
  });
});

describe('a planted fault that ran live', () => {
  /** The rule that is missing, wrong or there too much; of the step at which the run leaves the model. */
  it.each([
    ['blockchain', 'pair', 'sendsHashesOnly', 'effects', 'ETH-14'],
    ['blockchain', 'crash', 'claimsZero', 'effects', 'totalDifficulty'],
    ['blockchain', 'crash', 'storesNothing', 'effects', 'ETH-14'],
    ['blockchain', 'crash', 'servesStrangersOnly', 'effects', 'ETH-70'],
    ['blockchain', 'relay', 'tellsNotTheRest', 'effects', 'ETH-14'],
    ['blockchain', 'join', 'servesNoBodies', 'effects', 'ETH-71'],
    ['blockchain', 'tie', 'latestWins', 'rules', 'ETH-16 of the model did not fire'],
    ['blockchain', 'mined', 'takesNoneFromPeers', 'rules', 'ETH-60 of the model did not fire'],
    ['blockchain', 'liar', 'relaysUnchecked', 'rules', 'ETH-12 of the model did not fire'],
    ['blockchain', 'partitionAndHeal', 'believesNobody', 'rules', 'ETH-41 of the model did not fire'],
    ['request-response', 'crash', 'storesNothing', 'effects', 'SERVER-1'],
    ['request-response', 'crash', 'reusesIds', 'effects', 'CLIENT-1'],
    ['request-response', 'lossy', 'sendsOnlyOnce', 'effects', 'CLIENT-3'],
    ['request-response', 'failOver', 'neverFailsOver', 'rules', 'CLIENT-5 fired'],
    ['two-phase-commit', 'three', 'commitsEarly', 'rules', 'TMCommit fired'],
  ])('%s, %s: %s is found in the %s of a step: %s', (id, scenario, mutant, field, words) => {
    const found = [1, 2, 3, 4].map((seed) => judged(ran(id, scenario, seed, mutant, 250))).find(({ verdict }) => verdict !== 'allowed');
    expect(found).toMatchObject({ verdict: 'refused', divergence: { field, certain: true } });
    expect(found?.divergence?.says).toContain(words);
    expect(found?.placed).toBeLessThan(found?.steps ?? 0);
  });

  it('is found from outside too', () => {
    expect(judged(blackBox(ran('blockchain', 'crash', 1, 'claimsZero')))).toMatchObject({ verdict: 'refused', divergence: { field: 'effects' } });
  });
});

describe('a log that was changed', () => {
  const log = ran('blockchain', 'pair', 1);
  const nth = (type: string): number => log.lines.findIndex(({ event }) => event.type === type);

  it('does not fit at the step that was changed', () => {
    const at = nth('command');
    const lines = log.lines.map((line, index) => (index === at && isRoleLine(line) ? { ...line, rules: ['MINE-9'] } : line));
    expect(judged({ ...log, lines })).toMatchObject({ verdict: 'refused', divergence: { line: at + 2, field: 'rules', found: ['MINE-9'] } });
  });

  it('does not fit where a host hears what nobody said', () => {
    const at = log.lines.findIndex(({ event }) => event.type === 'deliver' && (event.message as { type?: string }).type === 'Status');
    const lines = log.lines.map(
      (line, index): LogLine =>
        index === at && isRoleLine(line) && line.event.type === 'deliver'
          ? { ...line, event: { ...line.event, message: { ...(line.event.message as object), networkId: 7 } } }
          : line,
    );
    expect(judged({ ...log, lines })).toMatchObject({ verdict: 'refused', divergence: { line: at + 2, field: 'event' } });
  });

  it('does not fit where a host crashes in a scenario without crashes', () => {
    const [host = ''] = log.head.hosts;
    const last = log.lines.findLast((line) => line.host === host)?.clock ?? {};
    const lines: LogLine[] = [...log.lines, { host, clock: { ...last, [host]: (last[host] ?? 0) + 1 }, event: { type: 'crash' } }];
    expect(judged({ ...log, lines })).toMatchObject({
      verdict: 'refused',
      placed: log.lines.length,
      divergence: { step: { event: { type: 'crash' } } },
    });
  });

  it('with clocks that contradict each other has no first step', () => {
    const clock = Object.fromEntries(log.head.hosts.map((host) => [host, 1]));
    const lines = log.head.hosts.map((host) => ({ ...(log.lines.find((line) => line.host === host) as LogLine), clock }));
    expect(judged({ ...log, lines })).toMatchObject({ verdict: 'refused', placed: 0, divergence: { field: 'order' } });
  });
});
