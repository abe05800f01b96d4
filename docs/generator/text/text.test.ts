import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { code, distinctSlugs, escapeXml, prose, slug } from './escape.ts';
import { type Part, wrap } from './label.ts';
import { counted, grouped } from './number.ts';
import { widthOf } from './width.ts';
import { colours } from '../svg/palette.ts';

describe('widths', () => {
  it('are those of Helvetica, as its metric files give them', () => {
    expect(widthOf('NewBlock', 1000)).toBe(722 + 556 + 722 + 667 + 222 + 556 + 500 + 500);
    expect(widthOf('NewBlock', 1000, 'bold')).toBe(722 + 556 + 778 + 722 + 278 + 611 + 556 + 556);
    expect(widthOf('~', 10)).toBeCloseTo(5.84);
  });
});

describe('lines', () => {
  it('keep to their room whatever they say, and lose no letter', () => {
    const part = fc.constantFrom<Part>('event', 'guard', 'action', 'rule', 'muted');
    const runs = fc.array(fc.record({ text: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 }), part }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(runs, fc.integer({ min: 60, max: 300 }), (given, room) => {
        const lines = wrap({ runs: given, icon: 'clock' }, room);
        const letters = (text: string): string => text.replace(/ /g, '');
        expect(letters(lines.flatMap((line) => line.runs.map((run) => run.text)).join(''))).toBe(letters(given.map((run) => run.text).join('')));
        for (const line of lines) expect(line.width).toBeLessThanOrEqual(room + 1e-9);
      }),
    );
  });

  it('break before capitals where a name alone is too wide', () => {
    const lines = wrap({ runs: [{ text: 'headersStartElsewhereAndLater', part: 'guard' }] }, 120);
    expect(lines.map((line) => line.runs.map((run) => run.text).join(''))).toEqual(['headersStart', 'ElsewhereAnd', 'Later']);
  });
});

describe('escaping', () => {
  it('leaves no tag, entity or quote in XML, and no character that XML forbids', () => {
    expect(escapeXml('<a b="c">&\'\u0000')).toBe('&lt;a b=&quot;c&quot;&gt;&amp;&#39; ');
  });

  it('leaves prose without markup', () => {
    expect(prose('a <b> *c* `d` [e](f) | g_h _i_ & {@link x}\n# j')).toBe(
      'a &lt;b&gt; \\*c\\* `d` \\[e\\](f) \\| g_h \\_i\\_ &amp; {&#64;link x} # j',
    );
    expect(prose('lone ` <b>')).toBe('lone \\` &lt;b&gt;');
    expect(prose('1. a list')).toBe('\\1. a list');
  });

  it('fences code with more backticks than it holds', () => {
    expect(code('a`b')).toBe('``a`b``');
    expect(code('`a``b')).toBe('``` `a``b ```');
  });

  it('gives different names different files', () => {
    expect(slug('TwoPhase Commit/7')).toBe('two-phase-commit-7');
    expect(slug('../..')).toBe('unnamed');
    expect([...distinctSlugs(['a b', 'a-b', 'readme', 'A b'], ['readme']).values()]).toEqual(['a-b', 'a-b-2', 'readme-2', 'a-b-3']);
  });
});

describe('numbers', () => {
  it('are grouped by thousands', () => {
    expect([grouped(7), grouped(1000), grouped(1_234_567)]).toEqual(['7', '1,000', '1,234,567']);
    expect([counted(1, 'step'), counted(2_000, 'step')]).toEqual(['1 step', '2,000 steps']);
  });
});

describe('colours', () => {
  /** WCAG 2.1, relative luminance and contrast ratio. */
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };

  it('stand out from every ground, 4.5 to 1 for text and 3 to 1 for lines, on light pages and dark ones', () => {
    for (const mode of [0, 1] as const) {
      for (const ground of ['page', 'box', 'inner'] as const) {
        for (const ink of ['ink', 'muted', 'rule', 'guard', 'action', 'fault'] as const)
          expect(contrast(colours[ink][mode], colours[ground][mode])).toBeGreaterThan(4.5);
        for (const line of ['line', 'edge'] as const) expect(contrast(colours[line][mode], colours[ground][mode])).toBeGreaterThan(3);
      }
    }
  });
});
