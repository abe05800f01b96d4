import { type Icon, iconWidth, type Line, lineHeight } from '../text/label.ts';
import { el, group, type Markup, rounded, text } from './element.ts';

/** A clock's face with its hands, and an arrow that returns: drawn, because not every font has them. */
const icons: Readonly<Record<Icon, (x: number, y: number) => Markup>> = {
  clock: (x, y) =>
    group(
      { class: 'icon' },
      el('circle', { cx: x, cy: y, r: 5.2 }),
      el('path', { d: `M${rounded(x)} ${rounded(y - 3)}V${rounded(y)}L${rounded(x + 2.3)} ${rounded(y + 1.4)}` }),
    ),
  loop: (x, y) =>
    el('path', {
      class: 'icon',
      d: `M${rounded(x + 4.6)} ${rounded(y - 1.6)}A4.8 4.8 0 1 0 ${rounded(x + 4.6)} ${rounded(y + 1.8)}M${rounded(x + 5.2)} ${rounded(y - 5)}V${rounded(y - 1.2)}H${rounded(x + 1.4)}`,
    }),
};

/** One line of a label, its runs each in the colour of the part they play. */
export const drawLine = (line: Line, x: number, baseline: number): Markup => {
  const left = x + line.indent;
  const start = left + (line.icon === undefined ? 0 : iconWidth);
  const written = el('text', { x: start, y: baseline }, ...line.runs.map((run) => el('tspan', { class: `t-${run.part}` }, text(run.text))));
  return line.icon === undefined ? written : group({}, icons[line.icon](left + 6, baseline - 4.5), written);
};

/** Lines below each other; `top` is the upper edge of the first. */
export const drawLines = (lines: readonly Line[], x: number, top: number): readonly Markup[] =>
  lines.map((line, index) => drawLine(line, x, top + index * lineHeight + 13));
