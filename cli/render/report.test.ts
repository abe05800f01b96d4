import { describe, expect, it } from 'vitest';
import { RolecallError } from '../../model/kernel/errors.ts';
import { differenceLine, differences } from './difference.ts';
import { endingLines, mutantLine, sumLines } from './ending.ts';
import { errorJson, errorLines } from './error.ts';
import { paintedReport, paintedViolation } from './fixture.ts';
import { boxGlyphs, plain } from './paint.ts';
import { nextCommand } from './next.ts';
import { ProgressDisplay } from './progress.ts';
import { lengthWords, violationLines } from './violation.ts';
import { actionWords, listed, number, shown } from './words.ts';

const screen = { paint: plain, glyphs: boxGlyphs, width: 100 };

describe('the ending of a run', () => {
  it('has a line for each claim, with what its verdict rests on', () => {
    expect(`\n${endingLines(paintedReport, [], plain, 100).join('\n')}\n`).toBe(`
claim              runs   verdict     faults met
BLOCK-REACHES-ALL  12     ✗ violated  drop 40, partition 12, crash 3
REPLICATED         2,000  ✓ passes    none
    no violation in 2,000 runs; under 0.15 % of such runs fail (95 %)
    fails under ties, as it must: two blocks found at once are a tie
JOIN-GETS-ALL      10     ? unknown   join 1
    the time ran out
    joined was never seen
    should fail under alone and was not seen to: nobody is there to ask
`);
  });

  it('sums up what was explored', () => {
    expect(`\n${sumLines(paintedReport, plain).join('\n')}\n`).toBe(`
2,022 runs of 2 scenarios (walk and pct), 100,000 steps, 5,555 distinct states
reached: 1 of 2 rules, 1 of 1 states, 1 of 1 messages; memo misses 1.0 %
rules never fired: ETH-2
bounds that cut: steps in 4 runs
kept traces: a.trace.json as expected
2.0 s, 50,000 steps/s
`);
  });

  it('says which claim killed a mutant', () => {
    expect(mutantLine(paintedReport, plain)).toBe('The planted fault neverAdopts is killed by BLOCK-REACHES-ALL.');
    expect(mutantLine({ ...paintedReport, claims: [] }, plain)).toContain('survives');
    expect(mutantLine({ ...paintedReport, mutant: null }, plain)).toBeNull();
  });
});

describe('what to type next', () => {
  const properties = [{ type: { id: 'ENDS', holdsUnder: ['calm'], eventually: { ends: {} } }, protocol: { scenarios: { calm: {} } } }] as never;
  const next = (report: Partial<typeof paintedReport>): string =>
    nextCommand({
      reports: [{ ...paintedReport, mutant: null, verdict: 'unknown', regressions: [], ...report }],
      traces: [],
      entries: [{ protocol: { id: paintedReport.protocol }, properties } as never],
      asked: { seed: 1 },
    });

  it('is what judges claims that random runs leave to check', () => {
    expect(next({ claims: [], forCheck: ['ENDS'] })).toBe('npx rolecall check blockchain --scenario calm');
    expect(next({ claims: [] })).toBe('npx rolecall check blockchain');
    expect(next({ forCheck: ['ENDS'] })).toContain('npx rolecall run blockchain --seed 2');
    const [, line, why, command] = endingLines({ ...paintedReport, claims: [], forCheck: ['ENDS'] }, properties, plain, 100);
    expect([line, why, command]).toEqual([
      expect.stringMatching(/^ENDS +0 +for `check`/),
      '    it is about what comes in the end, and random runs end before; type',
      '      npx rolecall check blockchain --scenario calm',
    ]);
  });

  it('is the kept trace that says something else now', () => {
    const regressions = [{ file: 'traces/regressions/old.json', outcome: 'changed', detail: '' }] as const;
    expect(next({ verdict: 'violated', regressions })).toBe('npx rolecall replay traces/regressions/old.json --lenient');
  });
});

describe('a violation', () => {
  it('fits one screen: claim, values, steps, picture, seed, command', () => {
    const lines = violationLines(paintedViolation, '.rolecall/traces/x.json', 1, screen);
    const text = lines.join('\n');
    expect(lines[0]).toBe('BLOCK-REACHES-ALL is violated under partitionAndHeal, with the planted fault neverAdopts');
    expect(text).toContain('sameWork must hold again once faults end: not within 40 rounds');
    expect(text).toContain('  peer2  peer  crashed, height 1, work 2');
    // Both numbers are of what was scheduled: the settling is not shrunk.
    expect(text).toContain('The run: 5 steps, shrunk from 61 steps (240 candidates tried), then 4 steps of settling');
    const found = { from: 5, candidates: 0 };
    const trace = paintedViolation.trace;
    expect(lengthWords({ ...trace, minimised: { ...found, shortest: true } })).toBe('5 steps (no shorter run violates it), then 4 steps of settling');
    expect(lengthWords({ ...trace, minimised: { ...found, shortest: false } })).toBe('5 steps, not shrunk, then 4 steps of settling');
    expect(text).toContain('seed 1 (this run: 7), pct, hosts peer1, peer2 and peer3');
    expect(lines.at(-1)).toBe('Replay it:  npx rolecall replay .rolecall/traces/x.json');
    expect(lines.length).toBeLessThan(50);
  });
});

describe('state differences', () => {
  it('name the place, in records, lists, maps and sets', () => {
    const before = { head: 1, list: [1, 2, 3], seen: new Set(['a']), by: new Map([['x', { n: 1 }]]), same: { deep: 1 } };
    const after = { head: 2n, list: [1, 9, 2, 3], seen: new Set(['b']), by: new Map([['x', { n: 2 }]]), same: { deep: 1 }, extra: null };
    expect(differences(before, after).map((one) => differenceLine(one, 80))).toEqual([
      'by[x].n: 1 → 2',
      'extra: + null',
      'head: 1 → 2',
      'list[1]: + 9',
      'seen: - a',
      'seen: + b',
    ]);
    expect(differences(before, before)).toEqual([]);
    expect(differences('idle', { busy: 'now' }).map((one) => differenceLine(one, 80))).toEqual([': idle → {busy: now}']);
  });
});

describe('words', () => {
  it('are the same on every machine', () => {
    expect(number(1234567)).toBe('1,234,567');
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
    expect(shown({ a: new Map([[1n, new Uint8Array([1, 255])]]), b: [null, true] })).toBe('{a: {1 → 0x01ff}, b: [null, true]}');
    expect(actionWords({ type: 'Crash', host: 'a', lose: 1, torn: true })).toBe('a crashes, losing its last 1 write and its last kept write torn');
    expect(actionWords({ type: 'Fire', host: 'a', role: 'peer', timer: 't', picks: [['b', 'c']], crashAfter: 0 })).toBe(
      'a: timer t of peer fires, choosing b and c, and the host crashes after 0 effects of the step',
    );
  });

  it('never obey a control character', () => {
    expect(shown('a\u001b[2Jb')).not.toContain('\u001b');
  });
});

describe('a delivery', () => {
  const name = { type: 'Deliver', from: 'a', fromRole: 'miner', to: 'a', toRole: 'peer', message: 'Found', ordinal: 1 } as const;

  it('is told by its roles on one host, by its hosts between two', () => {
    expect(actionWords(name)).toBe('a: peer is told Found by miner');
    expect(actionWords({ ...name, to: 'b', ordinal: 2 })).toBe('b gets Found #2 from a');
    expect(actionWords({ ...name, to: 'b', message: 'connected' })).toBe('b is connected with a');
  });
});

describe('progress', () => {
  const progress = {
    protocol: 'p',
    scenario: 's',
    strategy: 'walk',
    runs: 100,
    ofRuns: 400,
    steps: 2000,
    distinct: 300,
    misses: 20,
    fired: ['a', 'b', 'c'],
  };

  it('rewrites one line on a terminal', () => {
    let time = 0;
    const written: string[] = [];
    const display = new ProgressDisplay(
      { write: (text) => written.push(text), terminal: true, width: 100, now: () => time },
      { runs: 400, rules: 4 },
    );
    for (time = 0; time <= 1000; time += 50) display.show(0, progress);
    display.clear();
    expect(written).toHaveLength(11);
    expect(written[9]).toBe('\r\u001b[2K100/400 runs · 2,000 steps/s · 300 states · 20 memo misses · rules 3/4, 3 s left · p, s (walk)');
    expect(written.at(-1)).toBe('\r\u001b[2K');
  });

  it('writes a plain line every ten seconds elsewhere', () => {
    let time = 0;
    const written: string[] = [];
    const display = new ProgressDisplay(
      { write: (text) => written.push(text), terminal: false, width: 100, now: () => time },
      { runs: 400, rules: 4 },
    );
    for (time = 0; time <= 30_000; time += 100) display.show(0, progress);
    display.clear();
    expect(written).toHaveLength(3);
    expect(written.join('')).not.toContain('\u001b');
  });
});

describe('an error', () => {
  it('is printed with its code, place, message and advice', () => {
    const error = new RolecallError({ code: 'TRACE_FIELD', message: 'A field is wrong.', place: 't.json: seed', advice: 'Mend it.' });
    expect(errorLines(error, plain)).toEqual(['TRACE_FIELD at t.json: seed', '  A field is wrong.', '  Mend it.']);
    const hostile = new RolecallError({ code: 'TRACE_JSON', message: 'Found \u001b[31m\u202e', place: 't\u0007.json', advice: '' });
    expect(errorLines(hostile, plain)).toEqual(['TRACE_JSON at t?.json', '  Found ?[31m?']);
    expect(JSON.parse(errorJson(error))).toEqual({
      error: { code: 'TRACE_FIELD', place: 't.json: seed', message: 'A field is wrong.', advice: 'Mend it.' },
    });
    expect(errorLines(new Error('oh'), plain)[0]).toBe('DEFECT oh');
  });
});
