import { describe, expect, it } from 'vitest';
import { rolePage } from '../../docs/generator/pages/role.ts';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';
import type { Violation } from '../../model/explore/report.ts';
import { liveInMemory } from '../../model/live/fixture.ts';
import { isRoleLine, type Log, logText } from '../../model/live/log.ts';
import { readLog } from '../../model/live/read.ts';
import { validate } from '../../model/live/validate.ts';
import type { Property } from '../../model/property/property.ts';
import type { RoleType } from '../../model/role/role.ts';
import { readTrace } from '../../model/trace/read.ts';
import { replayTrace } from '../../model/trace/replay.ts';
import { traceText } from '../../model/trace/write.ts';
import { checked as checkedWhole } from '../shared/checked.ts';
import { everyoneIsTold, lookup } from './lookup.ts';

const checked = (property: Property, scenario: string, mutant: string | null = null): CheckReport =>
  checkedWhole({ protocol: lookup, properties: [property], scenario, mutant, maxStates: 100_000 });

const actions = ({ violation }: CheckReport): readonly string[] =>
  (violation as Violation).trace.steps.map(({ action }) =>
    'choice' in action ? `${action.choice} ${JSON.stringify(action.value)}` : 'message' in action ? action.message : action.type,
  );

describe('a promise is a choice of the environment', () => {
  it('that is answered in each declared way, fails, or never comes: every way out of the wait is seen', () => {
    const report = checked(everyoneIsTold, 'two');
    expect(report.verdict).toBe('holds');
    expect(report.rulesNeverFired).toEqual(['DESK-5']);
  });

  it('whose silence is fair: who has no patience of its own waits for ever, in a lasso that replays', () => {
    const report = checked(everyoneIsTold, 'two', 'waitsForEver');
    expect(report.verdict).toBe('violated');
    const { trace } = report.violation as Violation;
    expect(actions(report)[0]).toBe('Command');
    expect(actions(report).some((action) => action.startsWith('xstate.'))).toBe(false);
    const replayed = replayTrace(lookup, [everyoneIsTold], readTrace(traceText(trace), 'trace'));
    expect(replayed).toMatchObject({ divergence: null, reproduced: true });
  });

  it('whose answer is in the trace by name, and replays', () => {
    const neverSeven: Property = {
      ...everyoneIsTold,
      type: {
        ...everyoneIsTold.type,
        leadsTo: {},
        sometimes: {},
        always: { neverSeven: (world) => !world.some('asker', ({ context }) => (context as { told: readonly unknown[] }).told.includes(7)) },
      },
    } as Property;
    const report = checked(neverSeven, 'two');
    expect(actions(report)).toEqual(['Command', 'Ask', 'xstate.done.actor.look {"actorId":"look","output":7}', 'Told']);
    const { trace } = report.violation as Violation;
    expect(replayTrace(lookup, [neverSeven], readTrace(traceText(trace), 'trace'))).toMatchObject({ divergence: null, reproduced: true });
  });

  it('that a crash forgets', () => {
    const report = checked({ ...everyoneIsTold, type: { ...everyoneIsTold.type, holdsUnder: ['crash'], failsUnder: {} } } as Property, 'crash');
    expect(report.verdict).toBe('violated');
  });

  it('that stands in the documents of its role', async () => {
    const pages = await rolePage('desk', (lookup.rolesOver({}) as Record<string, RoleType>)['desk'] as RoleType, 'desk');
    const page = pages.get('desk.md') as string;
    expect(page).toContain('| `lookUp` | promise | Looks a key up. | stays pending |');
    expect(page).toContain('done (look)');
    expect(pages.get('desk.svg')).toContain('invokes');
  });
});

describe('a live host calls the promise', () => {
  const ran = (seed: number, mutant: string | null = null): Log =>
    readLog(
      logText(liveInMemory(lookup, 'crash', { seed, steps: 120, mutant: mutant === null ? null : (everyoneIsTold.type.mutants?.[mutant] ?? null) })),
      'log',
    );
  const seeds = Array.from({ length: 12 }, (_, seed) => seed + 1);

  it('and what comes of it is allowed: answers, failures, silence, and what a crash or patience left behind', () => {
    const logs = seeds.map((seed) => ran(seed));
    for (const log of logs) expect(validate(lookup, log)).toMatchObject({ verdict: 'allowed', placed: log.lines.length });
    const rules = new Set(logs.flatMap(({ lines }) => lines.flatMap((line) => (isRoleLine(line) ? (line.rules ?? []) : []))));
    expect([...rules].sort()).toEqual(['ASK-1', 'ASK-2', 'DESK-1', 'DESK-2', 'DESK-3', 'DESK-4']);
  });

  it('and a planted fault leaves the model at the answer', () => {
    const found = seeds.map((seed) => validate(lookup, ran(seed, 'dropsAnswers'))).find(({ verdict }) => verdict !== 'allowed');
    expect(found).toMatchObject({ verdict: 'refused', divergence: { field: 'rules', certain: true, expected: ['DESK-2'], found: ['DESK-5'] } });
  });

  it('and an answer that was not declared is told as one', () => {
    const log = seeds.map((seed) => ran(seed)).find(({ lines }) => lines.some(({ event }) => event.type === 'choose')) as Log;
    const strange = {
      ...log,
      lines: log.lines.map((line) =>
        isRoleLine(line) && line.event.type === 'choose' ? { ...line, event: { ...line.event, value: { actorId: 'look', output: 9 } } } : line,
      ),
    };
    expect(validate(lookup, strange)).toMatchObject({
      verdict: 'refused',
      divergence: { field: 'event', says: 'look is not declared to end like that in this state' },
    });
  });
});
