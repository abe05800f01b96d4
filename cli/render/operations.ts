import type { Operation } from '../../model/property/consistency/operation.ts';
import { callWords, operationWords } from '../../model/property/consistency/words.ts';
import type { Screen } from './violation.ts';
import { padded } from './table.ts';
import { shortened } from './words.ts';

/** So many events are drawn at most; of what came earlier, only what the picture is about. */
const mostEvents = 18;

/** At most so wide is a column. */
const widest = 8;

interface Event {
  readonly at: number;
  readonly operation: Operation;
  readonly ends: boolean;
}

const eventsOf = (operations: readonly Operation[], until: number): readonly Event[] =>
  operations
    .flatMap((operation): readonly Event[] => [
      { at: operation.begins, operation, ends: false },
      ...(Number.isFinite(operation.ends) ? [{ at: operation.ends, operation, ends: true }] : []),
    ])
    .filter(({ at }) => at <= until)
    .sort((a, b) => a.at - b.at);

/**
 * The operations around one that cannot be: time runs down, each process has a column, and a line stands where it waits for
 * an answer.
 * @param line where in the file an event stands.
 */
export const operationsPicture = (
  { operations, wrong, about }: { readonly operations: readonly Operation[]; readonly wrong: Operation; readonly about: readonly Operation[] },
  line: (position: number) => number,
  { paint, glyphs, width }: Screen,
): string[] => {
  const events = eventsOf(operations, wrong.ends);
  const concerned = new Set([wrong, ...about]);
  const from = Math.max(0, events.length - mostEvents);
  const drawn = events.filter((event, index) => index >= from || concerned.has(event.operation));
  const clients = [...new Set(drawn.map(({ operation }) => operation.client))].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  const column = Math.min(widest, Math.max(3, ...clients.map((client) => client.length + 1)));
  const numbers = String(line(wrong.ends)).length;
  const waits = (client: string, at: number): boolean =>
    operations.some((operation) => operation.client === client && operation.begins < at && operation.ends > at);
  const rows: string[] = [];
  let previous = -1;
  for (const { at, operation, ends } of drawn) {
    const index = events.findIndex((event) => event.at === at);
    if (previous >= 0 && index > previous + 1) rows.push(paint('dim', `  ${' '.repeat(numbers)}  …`));
    previous = index;
    const isWrong = operation === wrong && ends;
    const glyph = (client: string): string => {
      if (client !== operation.client) return waits(client, at) ? glyphs.line : ' ';
      return isWrong ? glyphs.lost : ends ? glyphs.end : glyphs.start;
    };
    const places = clients.map((client) => padded(glyph(client), column)).join('');
    const words = `${operation.client}: ${ends ? operationWords(operation) : `${callWords(operation.call)} …`}`;
    const text = `  ${String(line(at)).padStart(numbers)}  ${places} ${words}`;
    rows.push(
      isWrong ? paint('bad', shortened(text, width)) : concerned.has(operation) ? paint('bold', shortened(text, width)) : shortened(text, width),
    );
  }
  return [`  ${' '.repeat(numbers)}  ${clients.map((client) => padded(shortened(client, column - 1), column)).join('')}`.trimEnd(), ...rows];
};
