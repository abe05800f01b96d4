import { describe, expect, it } from 'vitest';
import { neverBack, register } from '../../properties/engine/register.ts';
import { ran } from '../../properties/shared/ran.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { Trace } from '../trace/trace.ts';
import type { RunReport } from './report.ts';

const protocol = register as unknown as Protocol;
const properties = [neverBack];

const violation = ran({ protocol, properties, mutant: 'takesAny' }).claims[0]?.violation;
const planted = violation?.trace as Trace;

const runWith = (...traces: readonly Trace[]): RunReport =>
  ran({ protocol, properties, runs: 8, regressions: traces.map((trace, at) => ({ file: `${at}.trace.json`, trace })) });

/** What is said of one kept trace. */
const said = (trace: Trace): RunReport['regressions'][number] | undefined => runWith(trace).regressions[0];

describe('a kept trace', () => {
  it('of a mutant is as expected where it fails again', () => {
    expect(said(planted)).toMatchObject({ file: '0.trace.json', outcome: 'as expected', detail: 'fails with its mutant, as it must' });
  });

  it('without a mutant is as expected where it no longer fails', () => {
    expect(said({ ...planted, mutant: null })).toMatchObject({ outcome: 'as expected', detail: 'no longer fails' });
  });

  it('of a mutant that no longer fails is changed, and with it the run is violated', () => {
    // Without its last step the older value has not come yet.
    const report = runWith({ ...planted, steps: planted.steps.slice(0, -1) });
    expect(report.regressions[0]).toMatchObject({ outcome: 'changed', detail: 'no longer fails with its mutant' });
    expect(report.verdict).toBe('violated');
  });

  it('without a mutant that fails again is changed: an old bug is back', () => {
    const forgetful = runWith().claims[0]?.expected[0]?.found?.trace as Trace;
    expect(said({ ...forgetful, verdict: 'violated' })).toMatchObject({ outcome: 'changed', detail: 'NEVER-BACK fails again' });
  });

  it('that can no longer be followed is stale', () => {
    expect(said({ ...planted, steps: planted.steps.map((step) => ({ ...step, action: { type: 'Crash', host: 'ben' } as const })) })).toMatchObject({
      outcome: 'stale',
      detail: '4 of 4 steps are no longer possible',
    });
    expect(said({ ...planted, hosts: ['zoe'] })).toMatchObject({ outcome: 'stale', detail: 'the scenario noisy has no host zoe' });
  });

  it('of another protocol is not looked at', () => {
    expect(said({ ...planted, protocol: 'other' })).toBeUndefined();
  });
});
