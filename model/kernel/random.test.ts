import { describe, expect, it } from 'vitest';
import { Random, ratio } from './random.ts';

describe('random numbers', () => {
  it('are the same for the same seed on every machine', () => {
    const random = new Random(42);
    expect(Array.from({ length: 12 }, () => random.below(1000))).toEqual([605, 225, 535, 820, 834, 84, 852, 787, 139, 433, 503, 385]);
    expect(new Random(42).fork()).toBe(new Random(42).fork());
    expect(new Random(42).shuffled([1, 2, 3, 4, 5, 6])).toEqual(new Random(42).shuffled([1, 2, 3, 4, 5, 6]));
  });

  it('stay below their bound and reach every outcome', () => {
    const random = new Random(7);
    const seen = new Set(Array.from({ length: 500 }, () => random.below(7)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(() => random.below(0)).toThrow(/at least one outcome/);
  });

  it('spend nothing where there is nothing to choose', () => {
    const [a, b] = [new Random(3), new Random(3)];
    a.below(1);
    expect(a.below(1000)).toBe(b.below(1000));
  });

  it('meet a ratio', () => {
    const random = new Random(11);
    const hits = Array.from({ length: 8000 }, () => random.chance(ratio(1, 8))).filter(Boolean).length;
    expect(hits).toBeGreaterThan(900);
    expect(hits).toBeLessThan(1100);
    expect(random.chance(ratio(1, 1))).toBe(true);
    expect(random.chance(ratio(0, 5))).toBe(false);
  });

  it('shuffle evenly and leave the list alone', () => {
    const random = new Random(5);
    const list = ['a', 'b', 'c'] as const;
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffled(list).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect(list).toEqual(['a', 'b', 'c']);
  });
});
