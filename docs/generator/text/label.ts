import { type Weight, widthOf } from './width.ts';

/** The part that a piece of a label plays; the picture's style sheet gives each its colour and weight. */
export type Part = 'name' | 'rule' | 'event' | 'guard' | 'action' | 'plain' | 'muted' | 'title' | 'fault';

export interface Run {
  readonly text: string;
  readonly part: Part;
}

/** Small pictures that a line may begin with; they are drawn, so that no font needs to have them. */
export type Icon = 'clock' | 'loop';

/** One line of a label as it will be drawn. */
export interface Line {
  readonly runs: readonly Run[];
  readonly icon?: Icon;
  readonly indent: number;
  /** With indent and icon. */
  readonly width: number;
}

/** A paragraph of a label, before it is broken into lines. */
export interface Paragraph {
  readonly runs: readonly Run[];
  readonly icon?: Icon;
}

export const lineHeight = 17;
export const iconWidth = 16;
const hangingIndent = 10;

const sizes: Readonly<Record<Part, number>> = { name: 15, title: 16, rule: 11, event: 13, guard: 13, action: 13, plain: 13, muted: 12, fault: 13 };
const weights: Readonly<Record<Part, Weight>> = {
  name: 'bold',
  title: 'bold',
  rule: 'bold',
  event: 'bold',
  guard: 'regular',
  action: 'regular',
  plain: 'regular',
  muted: 'regular',
  fault: 'bold',
};

export const sizeOf = (part: Part): number => sizes[part];
export const weightOf = (part: Part): Weight => weights[part];
export const runWidth = (run: Run): number => widthOf(run.text, sizes[run.part], weights[run.part]);

/** Keeps two words on one line. */
export const tied = '\u00a0';

/** Where a text may be broken: at spaces; and, where a word alone is too wide, before capitals and after dots, underscores and hyphens. */
const words = (text: string): string[] => text.match(/ *[^ ]+/g) ?? [];
const pieces = (word: string): string[] => word.match(/\s*(?:[A-Z]+(?![a-z])|[A-Z]?[^A-Z._\-/]+|[A-Z])[._\-/]*|\s*[._\-/]+/g) ?? [word];

/** A run in parts that each fit, as far as it can be broken at all. */
const breakable = (run: Run, room: number): Run[] =>
  words(run.text).flatMap((word) => {
    if (runWidth({ ...run, text: word.trimStart() }) <= room) return [{ ...run, text: word }];
    return pieces(word).flatMap((piece) => {
      if (runWidth({ ...run, text: piece }) <= room) return [{ ...run, text: piece }];
      // A word without any seam is cut between letters: never wider than the room, whatever it is called.
      const cut: Run[] = [];
      let part = '';
      for (const letter of piece) {
        if (part !== '' && runWidth({ ...run, text: part + letter }) > room) {
          cut.push({ ...run, text: part });
          part = '';
        }
        part += letter;
      }
      return part === '' ? cut : [...cut, { ...run, text: part }];
    });
  });

const joined = (runs: readonly Run[]): Run[] =>
  runs.reduce<Run[]>((done, run) => {
    const last = done.at(-1);
    if (last !== undefined && last.part === run.part) done[done.length - 1] = { part: run.part, text: last.text + run.text };
    else done.push(run);
    return done;
  }, []);

/** Breaks a paragraph into lines no wider than the room; all but the first are indented. */
export const wrap = (paragraph: Paragraph, room: number): Line[] => {
  const lines: Line[] = [];
  const iconRoom = paragraph.icon === undefined ? 0 : iconWidth;
  let current: Run[] = [];
  let width = iconRoom;
  const indent = (): number => (lines.length === 0 ? 0 : hangingIndent + iconRoom);
  const close = (): void => {
    if (current.length === 0) return;
    const icon = lines.length === 0 ? paragraph.icon : undefined;
    lines.push({ runs: joined(current), indent: indent(), width, ...(icon === undefined ? {} : { icon }) });
    current = [];
    width = indent();
  };
  for (const run of paragraph.runs.flatMap((each) => breakable(each, room - hangingIndent - iconRoom))) {
    const fits = width + runWidth(run) <= room;
    if (!fits) close();
    const placed = current.length === 0 ? { ...run, text: run.text.trimStart() } : run;
    current.push(placed);
    width += runWidth(placed);
  }
  close();
  return lines;
};

export const widest = (lines: readonly Line[]): number => lines.reduce((most, line) => Math.max(most, line.width), 0);
