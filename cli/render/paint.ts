import { styleText } from 'node:util';

/** How a piece of text is meant; the terminal decides how that looks. */
export type Tone = 'bold' | 'dim' | 'good' | 'bad' | 'unsure' | 'name';

/** Colours a text, or leaves it. Everything that renders takes one, so that it stays a function from data to text. */
export type Paint = (tone: Tone, text: string) => string;

const formats = { bold: 'bold', dim: 'dim', good: 'green', bad: 'red', unsure: 'yellow', name: 'cyan' } as const;

/** Leaves every text as it is. */
export const plain: Paint = (_, text) => text;

/** Colours for a stream; none where it is no terminal, or where NO_COLOR is set. */
export const paintFor =
  (stream: NodeJS.WriteStream): Paint =>
  (tone, text) =>
    styleText(formats[tone], text, { stream });

/** The characters that pictures are drawn with. */
export interface Glyphs {
  readonly line: string;
  readonly cut: string;
  readonly paused: string;
  readonly dash: string;
  readonly right: string;
  readonly left: string;
  readonly lost: string;
  readonly event: string;
  readonly start: string;
  readonly end: string;
  readonly band: string;
  readonly fold: string;
}

export const boxGlyphs: Glyphs = {
  line: '│',
  cut: '║',
  paused: '┊',
  dash: '─',
  right: '▶',
  left: '◀',
  lost: '✗',
  event: '●',
  start: '┬',
  end: '┴',
  band: '▒',
  fold: '═',
};

export const asciiGlyphs: Glyphs = {
  line: '|',
  cut: '#',
  paused: ':',
  dash: '-',
  right: '>',
  left: '<',
  lost: 'x',
  event: '*',
  start: '+',
  end: '+',
  band: '%',
  fold: '=',
};

/** Box characters, unless the terminal cannot show them or the user wants none. */
export const glyphsFor = (environment: Readonly<Record<string, string | undefined>>): Glyphs =>
  environment['ROLECALL_ASCII'] !== undefined || environment['TERM'] === 'dumb' ? asciiGlyphs : boxGlyphs;
