import { describe, expect, it } from 'vitest';
import { assign } from 'xstate';
import { Random } from '../../model/kernel/random.ts';
import { RolecallError } from '../../model/kernel/errors.ts';
import { Arena } from '../../model/property/arena.ts';
import { defineProperty, type Property, type WorldView } from '../../model/property/property.ts';
import { nothing, type Mutant, type Protocol } from '../../model/protocol/protocol.ts';
import type { ScenarioType } from '../../model/protocol/scenario.ts';
import { drawRun } from '../../model/explore/drawn.ts';
import type { RunOptions } from '../../model/explore/run-options.ts';
import type { RunReport } from '../../model/explore/report.ts';
import type { StrategyName } from '../../model/explore/strategy.ts';
import { exponentialMs } from '../../model/explore/exponential.ts';
import { Visits } from '../../model/explore/visits.ts';
import { replayTrace } from '../../model/trace/replay.ts';
import { readTrace } from '../../model/trace/read.ts';
import { traceText } from '../../model/trace/write.ts';
import type { Trace } from '../../model/trace/trace.ts';
import { checked } from '../shared/checked.ts';
import { ran } from '../shared/ran.ts';
import { catchesUp, neverBack, register } from './register.ts';

const protocol = register as unknown as Protocol;
const properties = [neverBack, catchesUp];

const run = (more: Partial<RunOptions>): RunReport => ran({ protocol, properties, runs: 120, ...more });

const violationOf = (mutant: string, seed = 1) => {
  const report = run({ mutant, seed });
  expect(report.verdict).toBe('violated');
  const violation = report.claims.find((claim) => claim.violation !== null)?.violation;
  if (violation === null || violation === undefined) throw new Error('no violation');
  return violation;
};

const steps = (trace: Trace): readonly string[] =>
  trace.steps.map(({ action }) => (action.type === 'Deliver' ? `${action.to} gets ${action.message} ${action.ordinal}` : action.type));

describe('a run of a protocol that is right', () => {
  const report = run({});

  it('passes, and says what it has seen', () => {
    expect(report.claims.map(({ id, verdict, statement }) => [id, verdict, statement.replace(/\d[\d,.]*/g, 'n')])).toEqual([
      ['NEVER-BACK', 'passes', 'no violation in n runs; with n % confidence fewer than n % of such runs fail'],
      ['CATCHES-UP', 'passes', 'no violation in n runs; with n % confidence fewer than n % of such runs fail'],
    ]);
    expect(report.claims[0]?.sometimes['bothHold']).toBeGreaterThan(10);
    expect(Object.values(report.coverage.rules).every((times) => times > 0)).toBe(true);
    expect(report.claims[0]?.faults).toMatchObject({
      drop: expect.any(Number),
      duplicate: expect.any(Number),
      partition: expect.any(Number),
      pause: expect.any(Number),
      hold: expect.any(Number),
    });
  });

  it('finds the failure that is known, where it is known, and keeps it as a witness', () => {
    const [known] = report.claims[0]?.expected ?? [];
    expect(known?.scenario).toBe('forgetful');
    // One value is written and taken; the crash loses it only when the host starts again.
    expect(steps(known?.found?.trace as Trace)).toEqual(['Command', 'ben gets Put 1', 'Crash', 'Restart']);
  });

  it('gives the same bytes for the same seed, and others for another', () => {
    const again = run({});
    expect(JSON.stringify({ ...again, timings: null })).toBe(JSON.stringify({ ...report, timings: null }));
    const trace = (of: RunReport): string => traceText(of.claims[0]?.expected[0]?.found?.trace as Trace);
    expect(trace(again)).toBe(trace(report));
    expect(JSON.stringify(run({ seed: 2 }).explorations)).not.toBe(JSON.stringify(report.explorations));
  });

  it('is unknown where a run was cut short, or a sometimes was not seen', () => {
    expect(run({ shouldStop: () => true }).verdict).toBe('unknown');
    expect(run({ runs: 4, maxSteps: 2 }).claims[0]?.statement).toMatch(/never seen: bothHold/);
  });
});

describe('a planted fault', () => {
  it.each([['takesAny'], ['takesAnyTimed']])('that needs two messages out of order (%s) is found, and its trace is the shortest', (mutant) => {
    for (const seed of [1, 2, 3]) {
      const { trace, part, values } = violationOf(mutant, seed);
      expect(part).toBe('step.neverBack');
      expect(trace.steps).toHaveLength(4);
      expect(trace.steps.map(({ action }) => action.type)).toEqual(['Command', 'Command', 'Deliver', 'Deliver']);
      expect(trace.minimised?.shortest).toBe(true);
      expect(values.map((value) => value.shows)).toContain('value 1');
    }
  });

  it('that needs a lost message shows when the world settles', () => {
    const { trace, part, detail } = violationOf('neverRepeats');
    expect(part).toBe('recovers.latest');
    expect(detail).toMatch(/not so after \d+ rounds of settling/);
    expect(trace.steps.filter((step) => step.settling !== true)).toHaveLength(2);
  });

  it('that throws is a violation with its trace, not a crash of ours', () => {
    const { trace, property, detail } = violationOf('throws');
    expect(property).toBe('ROLE-THREW');
    expect(detail).toMatch(/^replica on ben threw: .*two is too much$/s);
    expect(steps(trace).at(-1)).toBe('ben gets Put 2');
    expect(trace.steps).toHaveLength(3);
  });
});

describe('each strategy', () => {
  const mutant = neverBack.type.mutants?.['takesAny'] as Mutant;
  const hunt = (strategy: StrategyName, scenario: string, planted: Mutant | null) => {
    const arena = new Arena(protocol, protocol.scenarios[scenario] as ScenarioType, [neverBack], planted);
    const draw = { strategy, hosts: null, faults: null, maxSteps: null, visits: new Visits(), onRun: () => {} };
    return Array.from({ length: 60 }, (_, seed) => drawRun(arena, seed, draw as never).run);
  };

  it.each<[StrategyName, string]>([
    ['walk', 'noisy'],
    ['pct', 'noisy'],
    ['swarm', 'noisy'],
    ['timed', 'timed'],
  ])('%s finds the planted fault, and nothing without it', (strategy, scenario) => {
    expect(hunt(strategy, scenario, mutant).filter((each) => each.violation !== null).length).toBeGreaterThan(2);
    expect(hunt(strategy, scenario, null).filter((each) => each.violation !== null)).toEqual([]);
  });

  it.each<[StrategyName, string]>([
    ['walk', 'noisy'],
    ['pct', 'noisy'],
    ['swarm', 'noisy'],
    ['timed', 'timed'],
  ])('%s draws the same run from the same seed, whatever was run before it', (strategy, scenario) => {
    const fresh = (seed: number) => {
      const arena = new Arena(protocol, protocol.scenarios[scenario] as ScenarioType, [neverBack], null);
      const draw = { strategy, hosts: null, faults: null, maxSteps: null, visits: new Visits(), onRun: () => {} };
      const { run: one } = drawRun(arena, seed, draw as never);
      return [one.steps, one.faults, one.moves.map((move) => ('fault' in move ? move.fault.type : move.offer.name))];
    };
    const together = hunt(strategy, scenario, null);
    for (const seed of [3, 17, 41]) {
      const one = together[seed] as (typeof together)[number];
      expect([one.steps, one.faults, one.moves.map((move) => ('fault' in move ? move.fault.type : move.offer.name))]).toEqual(fresh(seed));
    }
  });
});

describe('virtual time', () => {
  it('draws exponential times in whole milliseconds around their mean', () => {
    const random = new Random(9);
    const times = Array.from({ length: 4000 }, () => exponentialMs(random, 1000));
    expect(times.every(Number.isSafeInteger)).toBe(true);
    const mean = times.reduce((sum, each) => sum + each, 0) / times.length;
    expect(Math.abs(mean - 1000)).toBeLessThan(60);
    const late = times.filter((each) => each > 1000).length / times.length;
    expect(Math.abs(late - Math.exp(-1))).toBeLessThan(0.03);
  });
});

describe('visits', () => {
  it('counts distinct worlds', () => {
    const visits = new Visits();
    for (let i = 0; i < 100_000; i++) visits.visit(Math.imul(i % 40_000, 0x9e3779b1), i % 40_000);
    expect(visits.distinct).toBe(40_000);
  });
});

describe('a trace', () => {
  const { trace } = violationOf('takesAny');
  const trace2 = (change: (text: string) => string): Trace => readTrace(change(traceText(trace)), 't.json');

  it('is replayed from its file with the same fingerprints, steps and verdict', () => {
    const report = replayTrace(
      protocol,
      properties,
      trace2((text) => text),
    );
    expect([report.reproduced, report.divergence, report.sameModel, report.skipped]).toEqual([true, null, true, []]);
    expect(report.steps.map((step) => step.fingerprint)).toEqual(trace.steps.map((step) => step.fingerprint));
    expect(report.steps.map((step) => step.rules)).toEqual(trace.steps.map((step) => step.rules));
    expect(report.steps.at(-1)?.label).toBe('value 1');
  });

  it('that settles is replayed to its end', () => {
    const { trace: settling } = violationOf('neverRepeats');
    const report = replayTrace(protocol, properties, readTrace(traceText(settling), 't.json'));
    expect([report.reproduced, report.divergence]).toEqual([true, null]);
    expect(report.steps).toHaveLength(settling.steps.length);
  });

  it('of a witness is seen again', () => {
    const witness = run({}).claims[0]?.expected[0]?.found?.trace as Trace;
    expect(replayTrace(protocol, properties, witness).reproduced).toBe(true);
  });

  it('that differs in a fingerprint is left at the step, the host and the field', () => {
    const wrong = {
      ...trace,
      steps: trace.steps.map((step, at) =>
        at === 2 ? { ...step, fingerprint: '0'.repeat(16), parts: { ...step.parts, 'ben/replica/context.n': '00000000' } } : step,
      ),
    };
    expect(replayTrace(protocol, properties, wrong).divergence).toMatchObject({
      step: 3,
      host: trace.steps[2]?.action.type === 'Deliver' ? (trace.steps[2].action as { to: string }).to : '',
      field: 'replica/context.n',
    });
  });

  it('that begins in another world, goes on after its failure, or settles in another way is left there', () => {
    expect(replayTrace(protocol, properties, { ...trace, start: '0'.repeat(16) }).divergence).toMatchObject({ step: 0, field: 'world' });
    const last = trace.steps.at(-1) as Trace['steps'][number];
    expect(replayTrace(protocol, properties, { ...trace, steps: [...trace.steps, last] }).divergence).toMatchObject({
      step: trace.steps.length + 1,
      field: 'verdict',
    });
    const { trace: settling } = violationOf('neverRepeats');
    const at = settling.steps.findIndex((step) => step.settling === true);
    const other = settling.steps.map((step, index) => (index === at ? { ...step, action: { type: 'Resume', host: 'ben' } as const } : step));
    expect(settling.steps[at]?.action.type).not.toBe('Resume');
    expect(replayTrace(protocol, properties, { ...settling, steps: other }).divergence).toMatchObject({ step: at + 1, host: 'ben', field: 'action' });
  });

  it('whose mutant is another goes on lenient, and says so strict', () => {
    const other = { ...trace, mutant: null };
    const strict = replayTrace(protocol, properties, other);
    expect([strict.sameModel, strict.reproduced, strict.divergence?.step]).toEqual([false, false, 4]);
    const lenient = replayTrace(protocol, properties, other, { lenient: true });
    expect([lenient.divergence, lenient.reproduced, lenient.skipped]).toEqual([null, false, []]);
  });

  it('with a step that is not possible diverges there strict, and skips it lenient', () => {
    const extra = { ...trace, steps: [{ ...(trace.steps[3] as Trace['steps'][number]) }, ...trace.steps] };
    expect(replayTrace(protocol, properties, extra).divergence).toMatchObject({ step: 1, field: 'action' });
    const lenient = replayTrace(protocol, properties, extra, { lenient: true });
    expect([lenient.reproduced, lenient.skipped.map(({ step }) => step)]).toEqual([true, [1]]);
  });

  it('of another protocol, mutant, scenario or property is refused', () => {
    const code = (change: Partial<Trace>): string => {
      try {
        replayTrace(protocol, properties, { ...trace, ...change });
      } catch (error) {
        if (error instanceof RolecallError) return error.code;
      }
      return 'none';
    };
    expect([
      code({ protocol: 'other' }),
      code({ mutant: 'takesAnny' }),
      code({ scenario: 'nois' }),
      code({ property: 'NEVER' }),
      code({ hosts: ['zoe'] }),
    ]).toEqual(['TRACE_PROTOCOL', 'UNKNOWN_MUTANT', 'UNKNOWN_SCENARIO', 'UNKNOWN_PROPERTY', 'TRACE_HOST']);
  });
});

describe('a role that is no function of its input', () => {
  let outside = 0;
  it.each<[string, Mutant]>([
    ['counts outside its context', { doc: 'X', roles: { replica: { actions: { take: assign({ n: () => outside++ }) } } } }],
    [
      'changes a Map in place',
      {
        doc: 'X',
        roles: {
          writer: { actions: { note: assign({ got: ({ context }: { context: { got: Map<string, number> } }) => context.got.set('x', 1) }) } },
        },
      },
    ],
  ])('and %s is found by a run of its property', (_, impure) => {
    const property = defineProperty(protocol, {
      id: 'X',
      claim: 'X.',
      holdsUnder: ['noisy'],
      always: { fine: () => true },
      mutants: { impure },
    } as never);
    const refused = expect.objectContaining({ code: 'IMPURE_ROLE' });
    expect(() => run({ properties: [property], mutant: 'impure' })).toThrow(refused);
    expect(() => checked({ protocol, properties: [property], scenario: 'noisy', mutant: 'impure', maxStates: 2_000 })).toThrow(refused);
  });

  it('because a claim changes what it looks at, is found by a search', () => {
    const vain = defineProperty(protocol, {
      id: 'X',
      claim: 'X.',
      holdsUnder: ['noisy'],
      always: {
        clears: (world: WorldView) => world.every('writer', ({ context }) => (context as { got: Map<string, number> }).got.set('y', 1).size > 0),
      },
    } as never);
    const message = expect.stringContaining('or a claim about it changed its context in place');
    expect(() => checked({ protocol, properties: [vain], scenario: 'noisy', maxStates: 2_000 })).toThrow(
      expect.objectContaining({ code: 'IMPURE_ROLE', message }),
    );
  });

  it('or reads the clock, is a violation', () => {
    const clocked: Mutant = { doc: 'X', roles: { replica: { guards: { isNewer: () => Date.now() > 0 } } } };
    const property = defineProperty(protocol, { id: 'X', claim: 'X.', holdsUnder: ['noisy'], mutants: { clocked } } as never);
    const [claim] = run({ properties: [property], mutant: 'clocked' }).claims;
    expect([claim?.violation?.property, claim?.violation?.trace.steps.length]).toEqual(['ROLE-THREW', 2]);
  });
});

describe('a property', () => {
  const withProperty = (type: Partial<Property['type']>, more: Partial<RunOptions> = {}): RunReport =>
    run({ properties: [defineProperty(protocol, { id: 'X', claim: 'X.', holdsUnder: ['noisy'], ...type } as never)], runs: 20, ...more });
  const thrown = (type: Partial<Property['type']>): string => {
    try {
      withProperty(type);
    } catch (error) {
      if (error instanceof RolecallError) return `${error.code} ${error.place}`;
      throw error;
    }
    return 'none';
  };
  const broken = (): never => {
    throw new Error('oops');
  };

  it.each<[string, Partial<Property['type']>]>([
    ['always.bad', { always: { bad: broken } }],
    ['step.bad', { step: { bad: broken } }],
    ['sometimes.bad', { sometimes: { bad: broken } }],
    ['recovers.bad', { recovers: { bad: { withinRounds: 3, holds: broken } } }],
    ['monitors.bad', { monitors: { bad: { initial: 0, next: broken } } }],
    ['monitors.bad', { monitors: { bad: { initial: 0, next: (state) => state, holds: broken } } }],
  ])('that throws in %s is a typed error with its place', (place, type) => {
    expect(thrown(type)).toBe(`PROPERTY_THREW register, X, ${place}`);
  });

  it('may follow effects with a monitor, which hears whom they reach', () => {
    const report = withProperty({
      monitors: {
        sent: {
          initial: 0,
          next: (sent, { effect }) =>
            effect.type === 'send' && effect.message.type === 'Put' ? (sent as number) + (effect.to as string[]).length : sent,
          holds: (sent) => (sent as number) < 6,
        },
      },
    });
    const trace = report.claims[0]?.violation?.trace as Trace;
    expect(steps(trace)).toEqual(['Command', 'Command', 'Command']);
  });

  it('has to hold again within its bound, and stay', () => {
    const late = withProperty({ recovers: { soon: { withinRounds: 1, holds: (world) => world.inFlight().length === 0 } } }, { maxSteps: 3 });
    expect(late.claims[0]?.violation?.detail).toMatch(/not so (?:after \d+ rounds|in round \d+) of settling \(bound: 1\)/);
  });

  it('names what a mutant may replace, and nothing else', () => {
    const misspelt: Mutant = { doc: 'X', roles: { replica: { actions: { tak: nothing } } } };
    expect(thrown({ mutants: { misspelt } })).toBe('none');
    expect(() =>
      run({
        properties: [defineProperty(protocol, { id: 'X', claim: 'X.', holdsUnder: ['noisy'], mutants: { misspelt } } as never)],
        mutant: 'misspelt',
      }),
    ).toThrow(/there is no action tak/);
  });
});

describe('a claim', () => {
  it('is defined with scenarios that there are, and with a reason for each in which it fails', () => {
    const code = (type: object): string => {
      try {
        defineProperty(protocol, { id: 'X', claim: 'X.', holdsUnder: [], ...type } as never);
        return 'none';
      } catch (error) {
        return (error as RolecallError).code;
      }
    };
    expect([
      code({ holdsUnder: ['noisey'] }),
      code({ failsUnder: { noisey: 'Why.' } }),
      code({ failsUnder: { noisy: { why: 'Why.' } } }),
      code({ failsUnder: { noisy: 'Why.' } }),
    ]).toEqual(['UNKNOWN_SCENARIO', 'UNKNOWN_SCENARIO', 'FAILS_WITHOUT_WHY', 'none']);
  });
});
