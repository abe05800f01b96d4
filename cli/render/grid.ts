import type { HostName } from '../../model/role/effect.ts';
import type { Lifelines } from './lifelines.ts';
import type { Glyphs } from './paint.ts';
import { shortened } from './words.ts';

/** Room at the right for what does not fit between the lifelines. */
const NOTE = 28;
const [NARROWEST, WIDEST] = [8, 26];

/** One row of a diagram: a character for each place, and a note at the right. */
interface Row {
  readonly places: string[];
  note: string;
}

/** The columns of a space-time diagram, and what can be drawn on them. */
export class Grid {
  private readonly column: number;
  private readonly glyphs: Glyphs;
  private readonly hosts: readonly HostName[];

  constructor(hosts: readonly HostName[], width: number, glyphs: Glyphs) {
    this.hosts = hosts;
    this.glyphs = glyphs;
    const longest = Math.max(...hosts.map((host) => host.length)) + 2;
    this.column = Math.max(NARROWEST, Math.min(WIDEST, Math.max(longest, Math.floor((width - NOTE) / hosts.length))));
  }

  /** The hosts' names over their lifelines. */
  head(): string {
    return this.hosts.map((host) => centred(shortened(host, this.column - 1), this.column)).join('');
  }

  /** The lifelines and nothing else. */
  row(lifelines: Lifelines): Row {
    const places = new Array<string>(this.column * this.hosts.length).fill(' ');
    for (const host of this.hosts) places[this.at(host)] = lifelines.glyph(host, this.glyphs);
    return { places, note: '' };
  }

  /** An arrow between two hosts, with its label on it or in the note. A lost one stops short, with a cross. */
  arrow(row: Row, from: HostName, to: HostName, label: string, end: 'arrives' | 'lost' | 'stays'): void {
    const [start, finish] = [this.at(from), this.at(to)];
    if (start === finish) {
      this.mark(row, to, this.glyphs.event, label);
      return;
    }
    const step = start < finish ? 1 : -1;
    const stop = end === 'lost' ? finish - 2 * step : finish - step;
    for (let place = start + step; place !== stop + step; place += step) row.places[place] = this.glyphs.dash;
    if (end === 'arrives') row.places[stop] = step > 0 ? this.glyphs.right : this.glyphs.left;
    if (end === 'lost') row.places[stop] = this.glyphs.lost;
    const [low, high] = [Math.min(start, stop) + 1, Math.max(start, stop) - 1];
    if (label.length + 2 <= high - low + 1) this.write(row, low + Math.ceil((high - low - 1 - label.length) / 2), ` ${label} `);
    else row.note = label;
  }

  /** A sign on a host's lifeline, with its text beside it or in the note. */
  mark(row: Row, host: HostName, sign: string, text: string): void {
    const place = this.at(host);
    row.places[place] = sign;
    const last = this.hosts.at(-1) === host;
    if (!last && text.length <= this.column - 3) this.write(row, place + 2, text);
    else row.note = text;
  }

  /** A line across all lifelines, with a text. */
  across(text: string): Row {
    const width = this.column * this.hosts.length;
    const said = ` ${shortened(text, Math.max(width, 40) - 6)} `;
    const before = Math.max(2, Math.floor((width - said.length) / 2));
    const places = [...(this.glyphs.fold.repeat(before) + said).padEnd(width, this.glyphs.fold)];
    return { places, note: '' };
  }

  text({ places, note }: Row): string {
    return `${places.join('')}${note === '' ? '' : `  ${note}`}`.trimEnd();
  }

  private at(host: HostName): number {
    return Math.max(0, this.hosts.indexOf(host)) * this.column + Math.floor(this.column / 2);
  }

  private write(row: Row, place: number, text: string): void {
    [...text].forEach((character, index) => {
      row.places[place + index] = character;
    });
  }
}

const centred = (text: string, width: number): string => {
  const left = Math.max(0, Math.floor(width / 2) - Math.floor(text.length / 2));
  return (' '.repeat(left) + text).padEnd(width);
};
