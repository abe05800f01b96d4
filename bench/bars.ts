import { generatedMark } from '../docs/generator/mark.ts';
import { el, type Markup, picture, text } from '../docs/generator/svg/element.ts';
import { colours, style } from '../docs/generator/svg/palette.ts';
import { runWidth } from '../docs/generator/text/label.ts';
import { grouped } from './table.ts';

/** Two hyphens would end a comment of XML. Where what is drawn and written of measurements comes from. */
export const recordedMark = 'Written by the bench when it records';

/** Bars of several tools beside each other, for each of several sizes. */
export type Bars = {
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  readonly tools: readonly string[];
  /** A value for each tool; null where it was not measured. */
  readonly sizes: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
};

const [left, barHeight, gap, full] = [130, 18, 14, 420];

const fills = ['rule', 'action', 'guard', 'fault'] as const;

const barStyle = ([0, 1] as const)
  .map((mode) => fills.map((fill, nth) => `.bar-${nth}{fill:${colours[fill][mode]}}`).join(''))
  .map((rules, mode) => (mode === 0 ? rules : `@media (prefers-color-scheme:dark){${rules}}`))
  .join('');

const words = (part: 'name' | 'plain' | 'muted', x: number, y: number, content: string, anchor?: 'end'): Markup =>
  el('text', { class: `t-${part}`, x, y, 'text-anchor': anchor }, text(content));

/** Draws bars as an SVG: the length is in proportion to the value, which stands at its end. */
export const barsPicture = ({ title, description, unit, tools, sizes }: Bars): string => {
  const most = Math.max(1, ...sizes.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const drawn: Markup[] = [words('name', 20, 30, title)];
  let x = left;
  for (const [nth, tool] of tools.entries()) {
    drawn.push(el('rect', { class: `bar-${nth}`, x, y: 45, width: 12, height: 12, rx: 2 }), words('plain', x + 18, 56, tool));
    x += 18 + runWidth({ text: tool, part: 'plain' }) + 30;
  }
  let y = 76;
  for (const { label, values } of sizes) {
    const shown = values.flatMap((value, nth) => (value === null ? [] : [{ value, nth }]));
    drawn.push(words('plain', left - 12, y + (shown.length * barHeight) / 2 + 5, label, 'end'));
    for (const { value, nth } of shown) {
      const width = Math.max(1, (full * value) / most);
      drawn.push(
        el('rect', { class: `bar-${nth}`, x: left, y: y + 1, width, height: barHeight - 3, rx: 2 }),
        words('muted', left + width + 8, y + 13, `${grouped(value)} ${unit}`),
      );
      y += barHeight;
    }
    y += gap;
  }
  const size = { width: Math.max(left + full + 150, x), height: y + 6 };
  return picture(size, { title, description }, style + barStyle, drawn).replace(generatedMark, recordedMark);
};
