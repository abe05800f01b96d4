import { describe, expect, it } from 'vitest';
import type { CheckOptions } from '../../model/explore/exhaustive/options.ts';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';
import type { Violation } from '../../model/explore/report.ts';
import type { Property, PropertyType } from '../../model/property/property.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { unlimited } from '../../model/protocol/scenario.ts';
import { readTrace } from '../../model/trace/read.ts';
import { replayTrace } from '../../model/trace/replay.ts';
import type { Trace } from '../../model/trace/trace.ts';
import { traceText } from '../../model/trace/write.ts';
import { checked as checkedWhole } from '../shared/checked.ts';
import { askers, choosing, leaving, oscillating, passing } from './liveness.ts';

const claim = (protocol: Protocol, type: Partial<PropertyType>): Property => ({
  protocol,
  type: { id: 'COMES', claim: 'It comes.', holdsUnder: ['one'], ...type },
});

const checked = (protocol: Protocol, properties: readonly Property[], more: Partial<CheckOptions> = {}): CheckReport =>
  checkedWhole({ protocol, properties, scenario: 'one', maxStates: 100_000, ...more });

/** What happens on the run that was found: the stem, and what comes again and again. */
const told = ({ violation }: CheckReport): { readonly stem: readonly string[]; readonly loop: readonly string[] } => {
  const { steps, loop = steps.length } = (violation as Violation).trace;
  const names = steps.map(({ action }) =>
    'message' in action ? `${action.type} ${action.message}` : action.type === 'Fire' ? `Fire ${action.timer.split('.')[2]}` : action.type,
  );
  return { stem: names.slice(0, loop), loop: names.slice(loop) };
};

const isSettled = {
  isSettled: (world: Parameters<NonNullable<PropertyType['always']>[string]>[0]) => world.every('one', (one) => one.matches('settled')),
};

const answered: PropertyType['leadsTo'] = {
  answered: [(world) => world.some('client', (one) => one.matches('asking')), (world) => world.every('client', (one) => one.matches('done'))],
};

describe('eventually', () => {
  it('fails of a convergence that oscillates, with the cycle as a loop', () => {
    const protocol = oscillating();
    const report = checked(protocol, [claim(protocol, { eventually: isSettled })]);
    expect(report.verdict).toBe('violated');
    expect(report.properties[0]).toMatchObject({ verdict: 'violated', comes: { 'eventually.isSettled': 'violated' } });
    expect(told(report)).toEqual({ stem: [], loop: ['Fire stepMs', 'Fire stepMs'] });
    expect(report.violation?.detail).toBe('it never does, though nothing is withheld for ever');
  });

  it('holds of a protocol with cycles that a timer leaves, which runs all the time', () => {
    const protocol = leaving();
    const report = checked(protocol, [claim(protocol, { eventually: isSettled })]);
    expect(report.properties[0]).toMatchObject({ verdict: 'holds', comes: { 'eventually.isSettled': 'holds' } });
    expect(report.verdict).toBe('holds');
  });

  it('needs strong fairness where the way out is open now and then', () => {
    const protocol = passing();
    const weak = checked(protocol, [claim(protocol, { eventually: isSettled })]);
    expect(told(weak)).toEqual({ stem: [], loop: ['Fire stepMs', 'Fire stepMs'] });
    const strong = checked(protocol, [claim(protocol, { eventually: isSettled, fairness: { strong: ['leave'] } })]);
    expect(strong.verdict).toBe('holds');
  });

  it('takes it that choices and fair commands are not withheld for ever, and others are', () => {
    for (const [kind, verdict] of [
      ['choice', 'holds'],
      ['fair', 'holds'],
      ['command', 'violated'],
    ] as const) {
      const protocol = choosing(kind);
      const report = checked(protocol, [claim(protocol, { eventually: isSettled })]);
      expect(report.verdict, kind).toBe(verdict);
      if (verdict === 'violated') {
        expect(told(report)).toEqual({ stem: [], loop: [] });
        expect(report.violation?.detail).toBe('nothing need happen any more');
      }
    }
    const protocol = choosing('command');
    expect(checked(protocol, [claim(protocol, { eventually: isSettled, fairness: { weak: ['pick'] } })]).verdict).toBe('holds');
  });

  it('is met by a world that is passed, whatever comes afterwards', () => {
    const protocol = oscillating();
    const high = claim(protocol, { eventually: { isHigh: (world) => world.every('one', (one) => one.matches('high')) } });
    expect(checked(protocol, [high]).verdict).toBe('holds');
  });
});

describe('leadsTo', () => {
  const { client, onceClient, server, doorServer, asking } = askers;

  it('holds where a client asks again, though a question may be lost and it may ask for long', () => {
    const protocol = asking(client, server, { faults: { drop: 2 } });
    expect(checked(protocol, [claim(protocol, { leadsTo: answered })]).verdict).toBe('holds');
  });

  it('needs strong fairness of what may be lost without end, at each of its legs', () => {
    const protocol = asking(client, server, { faults: { drop: unlimited } });
    const under = (...strong: readonly string[]): CheckReport => checked(protocol, [claim(protocol, { leadsTo: answered, fairness: { strong } })]);
    expect(told(under())).toEqual({ stem: ['Command'], loop: ['Fire againMs', 'Deliver Ask', 'Drop Answer'] });
    expect([under('Ask').verdict, under('Answer').verdict]).toEqual(['violated', 'violated']);
    expect(under('Ask', 'Answer').verdict).toBe('holds');
  });

  it('names a step that the fairness misspells', () => {
    const protocol = asking(client, server, {});
    expect(() => checked(protocol, [claim(protocol, { leadsTo: answered, fairness: { strong: ['Aks'] } })])).toThrow(/no step Aks/);
    for (const name of ['Ask', 'begin', 'againMs', 'Repair'])
      expect(checked(protocol, [claim(protocol, { leadsTo: answered, fairness: { weak: [name] } })]).verdict).toBe('holds');
  });

  it('fails where the one question is lost, in a world in which nothing can happen', () => {
    const protocol = asking(onceClient, server, { faults: { drop: 1 } });
    const report = checked(protocol, [claim(protocol, { leadsTo: answered })]);
    expect(told(report)).toEqual({ stem: ['Command', 'Drop Ask'], loop: [] });
    const kept = asking(onceClient, server, {});
    expect(checked(kept, [claim(kept, { leadsTo: answered })]).verdict).toBe('holds');
  });

  it('owes nothing where the question is never asked', () => {
    const protocol = asking(client, server, {}, false);
    expect(checked(protocol, [claim(protocol, { leadsTo: answered })]).verdict).toBe('holds');
    const asked = { eventually: { isAsked: answered['answered']?.[0] as NonNullable<PropertyType['eventually']>[string] } };
    expect(told(checked(protocol, [claim(protocol, asked)]))).toEqual({ stem: [], loop: [] });
  });

  it('finds a question that starves: the door is closed whenever it could be put', () => {
    const protocol = asking(onceClient, doorServer, {});
    const report = checked(protocol, [claim(protocol, { leadsTo: answered })]);
    expect(told(report)).toEqual({ stem: ['Command'], loop: ['Fire turnMs', 'Fire turnMs'] });
    const strong = checked(protocol, [claim(protocol, { leadsTo: answered, fairness: { strong: ['Ask'] } })]);
    expect(strong.verdict).toBe('holds');
  });

  it('is owed again each time', () => {
    const protocol = oscillating();
    const [low, high] = ['low', 'high'].map(
      (state) => (world: Parameters<NonNullable<PropertyType['always']>[string]>[0]) => world.some('one', (one) => one.matches(state)),
    );
    const back = claim(protocol, { leadsTo: { comesBack: [high as never, low as never] } });
    expect(checked(protocol, [back]).verdict).toBe('holds');
  });
});

describe('the graph', () => {
  it('has to be whole: with a limit, or a bound that cuts, the verdict is unknown', () => {
    const protocol = oscillating();
    const property = claim(protocol, { eventually: isSettled });
    for (const report of [
      checked(protocol, [property], { maxStates: 1 }),
      checked(protocol, [property], { maxDepth: 1 }),
      checked(protocol, [property], { interrupted: () => true }),
    ]) {
      expect(report.properties[0]).toMatchObject({ verdict: 'unknown', comes: { 'eventually.isSettled': 'unknown' } });
      expect(report.verdict).toBe('unknown');
    }
    const { client, server, asking } = askers;
    const bounded = asking(client, server, { bounds: { fires: 2 } });
    const report = checked(bounded, [claim(bounded, { leadsTo: answered })]);
    expect([report.verdict, report.ranOut, report.bound]).toEqual(['unknown', null, { fires: 2 }]);
  });

  it('is judged alike whichever way it was searched', () => {
    const protocol = askers.asking(askers.onceClient, askers.doorServer, { bounds: { fires: unlimited } });
    const property = claim(protocol, { leadsTo: answered });
    const [breadth, depth] = (['breadth', 'depth'] as const).map((order) => told(checked(protocol, [property], { order })));
    expect(depth).toEqual(breadth);
  });
});

describe('the trace of a run that goes round', () => {
  const protocol = askers.asking(askers.onceClient, askers.doorServer, {});
  const property = claim(protocol, { leadsTo: answered });
  const trace = checked(protocol, [property]).violation?.trace as Trace;
  const replayed = (changed: Trace, owed = property) => replayTrace(protocol, [owed], changed);

  it('is written, read and repeated', () => {
    const read = readTrace(traceText(trace), 'a file');
    expect(read).toEqual(trace);
    expect(read.loop).toBe(1);
    const report = replayed(read);
    expect([report.divergence, report.reproduced]).toEqual([null, true]);
  });

  it('is not reproduced where the loop does not close, or is not fair, or meets what is owed', () => {
    expect(replayed({ ...trace, loop: 2 }).reproduced).toBe(false);
    expect(replayed({ ...trace, steps: trace.steps.slice(0, 2) }).reproduced).toBe(false);
    // A run that stops after the first step withholds a timer.
    expect(replayed({ ...trace, steps: trace.steps.slice(0, 1), loop: 1 }).reproduced).toBe(false);
    expect(replayed(trace, claim(protocol, { leadsTo: answered, fairness: { strong: ['Ask'] } })).reproduced).toBe(false);
    const closes = {
      answered: [
        answered['answered']?.[0],
        (world: never) =>
          (world as { some(...more: unknown[]): boolean }).some('server', (one: { matches(state: string): boolean }) => one.matches('closed')),
      ],
    };
    expect(replayed(trace, claim(protocol, { leadsTo: closes as never })).reproduced).toBe(false);
  });

  it('is refused where its loop begins after its end', () => {
    expect(() => readTrace(traceText({ ...trace, loop: 9 }), 'a file')).toThrow(/loop begins/);
  });
});
