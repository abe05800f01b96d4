import { fontStack } from '../text/width.ts';
import { sizeOf, weightOf, type Part } from '../text/label.ts';

/**
 * The colours, each for light and dark pages. A picture paints its own ground, so text always has the ground that it was
 * chosen for: at least 4.5 to 1 (a test computes it), which is what WCAG 2.1 asks of text.
 */
export const colours = {
  page: ['#ffffff', '#0d1117'],
  box: ['#f6f8fa', '#161b22'],
  inner: ['#ffffff', '#0d1117'],
  ink: ['#1f2328', '#e6edf3'],
  muted: ['#57606a', '#9aa4af'],
  line: ['#57606a', '#9aa4af'],
  edge: ['#818b98', '#6e7781'],
  rule: ['#0550ae', '#79c0ff'],
  guard: ['#6639ba', '#d2a8ff'],
  action: ['#116329', '#7ee787'],
  fault: ['#a40e26', '#ff9492'],
  faultGround: ['#ffebe9', '#3c1618'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

export type Colour = keyof typeof colours;

const inkOf: Readonly<Record<Part, Colour>> = {
  name: 'ink',
  title: 'ink',
  rule: 'rule',
  event: 'ink',
  guard: 'guard',
  action: 'action',
  plain: 'ink',
  muted: 'muted',
  fault: 'fault',
};

interface Style {
  readonly fill?: Colour;
  readonly stroke?: Colour;
  readonly more?: string;
}

const shapes: Readonly<Record<string, Style>> = {
  page: { fill: 'page' },
  state: { fill: 'box', stroke: 'line', more: 'stroke-width:1.2px' },
  composite: { fill: 'inner', stroke: 'line', more: 'stroke-width:1.2px' },
  ring: { stroke: 'line', more: 'fill:none;stroke-width:1.2px' },
  separator: { stroke: 'edge', more: 'fill:none;stroke-width:1px' },
  dashed: { stroke: 'line', more: 'fill:none;stroke-width:1.2px;stroke-dasharray:6 5' },
  route: { stroke: 'line', more: 'fill:none;stroke-width:1.3px' },
  late: { stroke: 'line', more: 'fill:none;stroke-width:1.3px;stroke-dasharray:4 4' },
  arrow: { fill: 'line' },
  dot: { fill: 'ink' },
  ground: { fill: 'page' },
  icon: { stroke: 'muted', more: 'fill:none;stroke-width:1.3px;stroke-linecap:round;stroke-linejoin:round' },
  life: { stroke: 'edge', more: 'fill:none;stroke-width:2px' },
  absent: { stroke: 'edge', more: 'fill:none;stroke-width:1.4px;stroke-dasharray:1 5;stroke-linecap:round' },
  band: { fill: 'faultGround', more: 'fill-opacity:.75' },
  cut: { fill: 'fault', more: 'fill-opacity:.22' },
  stripe: { fill: 'box' },
  cross: { stroke: 'fault', more: 'fill:none;stroke-width:2px;stroke-linecap:round' },
  lost: { stroke: 'fault', more: 'fill:none;stroke-width:1.3px;stroke-dasharray:5 3' },
  faultMark: { fill: 'fault' },
};

const shapeRule = ([name, style]: readonly [string, Style], mode: 0 | 1): string => {
  const declarations = [
    style.fill === undefined ? '' : `fill:${colours[style.fill][mode]}`,
    style.stroke === undefined ? '' : `stroke:${colours[style.stroke][mode]}`,
    mode === 0 ? (style.more ?? '') : '',
  ].filter((each) => each !== '');
  return `.${name}{${declarations.join(';')}}`;
};

const parts: readonly Part[] = ['name', 'title', 'rule', 'event', 'guard', 'action', 'plain', 'muted', 'fault'];

const textRules = (mode: 0 | 1): string =>
  parts
    .map((part) => {
      const font = mode === 0 ? `;font-size:${sizeOf(part)}px${weightOf(part) === 'bold' ? ';font-weight:bold' : ''}` : '';
      return `.t-${part}{fill:${colours[inkOf[part]][mode]}${font}}`;
    })
    .join('');

const mode = (which: 0 | 1): string =>
  Object.entries(shapes)
    .map((each) => shapeRule(each, which))
    .join('') + textRules(which);

/** Words on a sequence diagram's lifelines; after the other classes, so that its size wins. */
const mark = '.t-mark{font-size:12px;font-weight:bold}';

/** The style sheet of every picture. */
export const style = `text{font-family:${fontStack};white-space:pre}${mode(0)}${mark}@media (prefers-color-scheme:dark){${mode(1)}}`;
