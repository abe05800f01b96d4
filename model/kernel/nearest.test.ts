import { describe, expect, it } from 'vitest';
import { distance, nearest } from './nearest.ts';

describe('the nearest name', () => {
  it('counts edits', () => {
    expect(distance('kitten', 'sitting')).toBe(3);
    expect(distance('', 'abc')).toBe(3);
    expect(distance('abcd', 'abdc')).toBe(1);
  });

  it('is the one that was meant', () => {
    const known = ['blockchain', 'request-response', 'host'];
    expect(nearest('blokchain', known)).toBe('blockchain');
    expect(nearest('BLOCKCHAIN', known)).toBe('blockchain');
    expect(nearest('request', known)).toBe('request-response');
    expect(nearest('hots', known)).toBe('host');
    expect(nearest('xyzzy', known)).toBeNull();
    expect(nearest('', [])).toBeNull();
  });
});
