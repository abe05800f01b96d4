import { describe, expect, it } from 'vitest';
import type { CheckOptions } from '../../model/explore/exhaustive/options.ts';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';
import { type ByteSource, CheckpointReader } from '../../model/explore/exhaustive/checkpoint.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { twoPhaseCommit } from '../../spec/reference/two-phase-commit.ts';
import { checked } from '../shared/checked.ts';
import { twoPhaseCommitProperties } from './two-phase-commit.property.ts';

const searched = (more: Partial<CheckOptions>): CheckReport =>
  checked({ protocol: twoPhaseCommit as unknown as Protocol, properties: twoPhaseCommitProperties, scenario: 'five', ...more });

const joined = (pieces: Iterable<Uint8Array>): Uint8Array => Uint8Array.from([...pieces].flatMap((piece) => [...piece]));

const sourceOf = (bytes: Uint8Array): ByteSource => {
  let at = 0;
  return {
    name: 'a checkpoint',
    size: bytes.length,
    read: (into) => {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      at += part.length;
      return part.length;
    },
  };
};

/** The checkpoint of a search that ended after so many worlds. */
const cutAt = (maxStates: number, more: Partial<CheckOptions> = {}): Uint8Array => {
  let kept = new Uint8Array();
  searched({ ...more, maxStates, keeping: { isDue: () => false, keep: (pieces) => (kept = Uint8Array.from(joined(pieces))) } });
  return kept;
};

const resumed = (bytes: Uint8Array, more: Partial<CheckOptions> = {}): CheckReport =>
  searched({ ...more, resumed: new CheckpointReader(sourceOf(bytes)) });

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'none';
};

describe('a search that carries on from a checkpoint', () => {
  it.each([
    ['breadth', null, false],
    ['depth', null, false],
    ['breadth', 'commitsEarly', false],
    ['breadth', null, true],
    ['depth', null, true],
  ] as const)('%s first, mutant %s, reduced %s: ends as one that was never interrupted', (order, mutant, reduce) => {
    const more = { order, mutant, reduce };
    const whole = searched(more);
    for (const states of [2, 40, 250, 700, 5_000]) {
      if (states >= whole.distinct) continue;
      const bytes = cutAt(states, more);
      expect(resumed(bytes, more)).toEqual(whole);
    }
  });

  it('may be kept and carried on again and again', () => {
    const whole = searched({});
    let bytes = cutAt(500);
    for (let states = 1_500; states < whole.distinct; states += 1_500) {
      let next = bytes;
      searched({
        maxStates: states,
        resumed: new CheckpointReader(sourceOf(bytes)),
        keeping: { isDue: () => false, keep: (pieces) => (next = joined(pieces)) },
      });
      bytes = next;
    }
    expect(resumed(bytes)).toEqual(whole);
  });

  it('refuses a file that was cut or changed anywhere', () => {
    const bytes = cutAt(300, { scenario: 'four' });
    const carry = (changed: Uint8Array) => codeOf(() => resumed(changed, { scenario: 'four' }));
    expect(carry(bytes)).toBe('none');
    for (let end = 0; end < bytes.length; end += 97) expect(carry(bytes.subarray(0, end))).toMatch(/^CHECKPOINT_(FORMAT|DAMAGED)$/);
    expect(carry(Uint8Array.of(...bytes, 0))).toBe('CHECKPOINT_DAMAGED');
    for (let at = 0; at < bytes.length; at += 61) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] as number) ^ (1 << (at % 8));
      expect(carry(changed)).toMatch(/^CHECKPOINT_/);
    }
  });

  it('refuses another version, another search and another model', () => {
    const bytes = cutAt(100);
    const line = bytes.indexOf(10) + 1;
    const text = new TextDecoder().decode(bytes.subarray(0, line));
    const withText = (from: string, to: string): Uint8Array =>
      Uint8Array.of(...new TextEncoder().encode(text.replace(from, to)), ...bytes.subarray(line));
    expect(codeOf(() => resumed(withText('"version":3', '"version":4')))).toBe('CHECKPOINT_VERSION');
    expect(codeOf(() => resumed(bytes, { scenario: 'four' }))).toBe('CHECKPOINT_OTHER');
    expect(codeOf(() => resumed(bytes, { maxDepth: 10 }))).toBe('CHECKPOINT_OTHER');
    expect(codeOf(() => resumed(cutAt(100, { reduce: true })))).toBe('CHECKPOINT_OTHER');
    const model = /"model":"(\w)/.exec(text)?.[1] ?? '';
    expect(codeOf(() => resumed(withText(`"model":"${model}`, `"model":"${model === '0' ? '1' : '0'}`)))).toBe('CHECKPOINT_MODEL');
  });
});
