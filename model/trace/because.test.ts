import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../cli/catalogue.ts';
import { scenarioOf } from '../property/arena.ts';
import type { Action } from '../world/action.ts';
import { becauseOf } from './because.ts';
import { readTrace } from './read.ts';
import { type ReplayedStep, replayTrace } from './replay.ts';
import type { Trace } from './trace.ts';

const folder = join(import.meta.dirname, '../../traces/witnesses');
const entries = await Promise.all(catalogue.map(({ load }) => load()));

const entryOf = (id: string) => {
  const found = entries.find(({ protocol }) => protocol.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

const replayed = (trace: Trace, lenient = false) => {
  const { protocol, properties } = entryOf(trace.protocol);
  return replayTrace(protocol, properties, trace, { lenient });
};

const because = (trace: Trace) => {
  const { steps, values } = replayed(trace);
  const { link, ordered = false } = scenarioOf(entryOf(trace.protocol).protocol, trace.scenario).network;
  return { steps, ...becauseOf(steps, values, link === 'connection' || ordered) };
};

/** The trace with these steps only; messages are numbered by link and type, so they are numbered anew where some are never sent. */
const only = (trace: Trace, steps: readonly ReplayedStep[], kept: ReadonlySet<number>): Trace => {
  const unsent = steps.filter(({ number }) => !kept.has(number)).flatMap(({ sent }) => sent.filter(({ lost }) => lost === null));
  const renumbered = (action: Action): Action =>
    'ordinal' in action
      ? {
          ...action,
          ordinal:
            action.ordinal -
            unsent.filter(
              (each) => each.from === action.from && each.to === action.to && each.message === action.message && each.ordinal < action.ordinal,
            ).length,
        }
      : action;
  return {
    ...trace,
    steps: trace.steps.filter((_, index) => kept.has(index + 1)).map((step) => ({ ...step, action: renumbered(step.action) })),
  };
};

/** Runs that end in a violation without settling; most were shrunk until no step could be left out. */
const violated = readdirSync(folder)
  .filter((name) => name.includes('.fails-under-'))
  .map((name) => ({ name, trace: readTrace(readFileSync(join(folder, name), 'utf8'), name) }))
  .filter(({ trace }) => trace.loop === undefined && trace.steps.every(({ settling }) => settling !== true));

describe('what the end of a run rests on', () => {
  it('is in runs of many protocols', () => {
    expect(new Set(violated.map(({ trace }) => trace.protocol)).size).toBeGreaterThan(5);
  });

  it.each(violated)('of $name begins with its last step, and goes back in time', ({ trace }) => {
    const { steps, chain } = because(trace);
    expect(chain[0]?.step.number).toBe(steps.length);
    for (const { step, causes } of chain) for (const cause of causes) expect(cause.step).toBeLessThan(step.number);
  });

  it.each(violated)('of $name is all that it takes: the run without the rest still ends so', ({ trace }) => {
    const { steps, chain, missing } = because(trace);
    const kept = new Set([...chain.map(({ step }) => step.number), ...missing.map(({ number }) => number)]);
    expect(replayed(only(trace, steps, kept), true).reproduced).toBe(true);
  });
});
