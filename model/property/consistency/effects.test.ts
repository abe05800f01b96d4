import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Heard } from '../property.ts';
import { checkEffects, type EffectEvent, effects, type Occurrence } from './effects.ts';

const event = (type: EffectEvent['type'], request: string): EffectEvent => ({ type, request });

describe('effects', () => {
  it.each<[Occurrence, readonly EffectEvent[], readonly string[]]>([
    ['at-most-once', [event('asked', 'a'), event('done', 'a'), event('done', 'a')], ['a took effect more than once.']],
    ['at-least-once', [event('asked', 'a'), event('done', 'a'), event('done', 'a')], []],
    ['at-least-once', [event('asked', 'a'), event('answered', 'a')], ['a was answered, although it had not taken effect.']],
    ['at-most-once', [event('asked', 'a'), event('answered', 'a')], []],
    ['exactly-once', [event('done', 'a')], ['a took effect, although nobody had asked for it.']],
    ['exactly-once', [event('asked', 'a'), event('refused', 'a'), event('done', 'a')], ['a took effect, although it was answered that it had not.']],
    ['exactly-once', [event('asked', 'a'), event('done', 'a'), event('answered', 'a'), event('asked', 'b')], []],
  ])('%s', (promise, events, sentences) => {
    expect(checkEffects(events, promise)).toEqual({ verdict: sentences.length === 0 ? 'consistent' : 'violated', sentences });
  });

  it('exactly once is both of the others, and a monitor says what the whole history says', () => {
    const events = fc.array(
      fc.record({ type: fc.constantFrom<'asked' | 'answered' | 'done'>('asked', 'answered', 'done'), request: fc.constantFrom('a', 'b') }),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(events, (all) => {
        const [most, least, exactly] = (['at-most-once', 'at-least-once', 'exactly-once'] as const).map(
          (promise) => checkEffects(all, promise).verdict,
        );
        expect(exactly).toBe(most === 'consistent' && least === 'consistent' ? 'consistent' : 'violated');
        const counts = (type: string, request: string): number => all.filter((each) => each.type === type && each.request === request).length;
        expect(most).toBe(['a', 'b'].every((each) => counts('done', each) <= (counts('asked', each) > 0 ? 1 : 0)) ? 'consistent' : 'violated');
        expect(least).toBe(['a', 'b'].every((each) => counts('answered', each) === 0 || counts('done', each) > 0) ? 'consistent' : 'violated');
        const monitor = effects({ promise: 'exactly-once', event: (heard) => heard as unknown as EffectEvent });
        const state = all.reduce((before, each) => monitor.next(before, each as unknown as Heard), monitor.initial);
        expect(monitor.holds?.(state)).toBe(exactly === 'consistent');
        expect(monitor.explain?.(state)).toBe(checkEffects(all, 'exactly-once').sentences.join(' '));
      }),
      { numRuns: 500 },
    );
  });
});
