import { RolecallError } from '../../model/kernel/errors.ts';
import type { Value } from '../../model/kernel/value.ts';
import { EdnReader, type Form } from './edn.ts';

/** One line of a history: a process calls, or hears how a call ended. */
export interface HistoryEvent {
  readonly line: number;
  /** `0`, `:nemesis`. */
  readonly process: string;
  readonly type: 'invoke' | 'ok' | 'fail' | 'info';
  /** `write`, without the colon. */
  readonly f: string;
  readonly value: Value;
  /** The key of the object, where a field says it. */
  readonly key: Value | undefined;
  /** Whether it says why the call did not succeed. */
  readonly hasError: boolean;
}

/** The events of a history file, and how many of its lines say something else. */
export interface EventList {
  readonly events: readonly HistoryEvent[];
  readonly otherLines: number;
}

const isType = (text: string): text is HistoryEvent['type'] => ['invoke', 'ok', 'fail', 'info'].includes(text);

const wrong = (file: string, line: number, message: string): RolecallError =>
  new RolecallError({
    code: 'HISTORY_LINE',
    message,
    place: `${file}, line ${line}`,
    advice: 'A line names a process, :invoke, :ok, :fail or :info, an operation and a value: INFO  jepsen.util - 0 :invoke :write 3.',
  });

/** A line of Jepsen's log or of its history.txt: what stands before the process does not matter, nor what follows the value. */
const logLine = /^(?:.*?(?:jepsen\.util|jepsen\.core)\s*(?:-|:)\s*|.*\]\s+)?(:?[\w-]+)\s+:(invoke|ok|fail|info)\s+:([^\s]+)(?:\s+(.*))?$/;

/** Looks like an event, and might be misspelt. */
const nearlyEvent = /\s:(?:invoke|ok|fail|info)\b/;

const fromLog = (text: string, file: string): EventList => {
  const events: HistoryEvent[] = [];
  let otherLines = 0;
  text.split(/\r?\n/).forEach((content, index) => {
    const line = index + 1;
    const match = logLine.exec(content.trimEnd());
    if (match === null) {
      if (nearlyEvent.test(content)) throw wrong(file, line, `this is no event: ${content.trim().slice(0, 80)}`);
      if (content.trim() !== '') otherLines++;
      return;
    }
    const [, process = '', type = '', f = '', said = ''] = match;
    const reader = new EdnReader(said, file, line);
    const form = said === '' ? null : reader.next();
    if (form === null && type === 'ok') throw wrong(file, line, `the value of ${f} is missing; nothing is written nil`);
    const value = form?.value ?? null;
    const hasError = type !== 'invoke' && (reader.rest.trim() !== '' || (typeof value === 'string' && value.startsWith(':')));
    events.push({ line, process, type: type as HistoryEvent['type'], f, value, key: undefined, hasError });
  });
  return { events, otherLines };
};

const bare = (value: Value | undefined): string => (typeof value === 'string' ? value.replace(/^:/, '') : '');

const fromMap = ({ value: form, line }: Form, file: string): HistoryEvent => {
  if (!(form instanceof Map)) throw wrong(file, line, 'a history holds maps, one for each event');
  const field = (name: string): Value | undefined => form.get(`:${name}`) as Value | undefined;
  const type = bare(field('type'));
  if (!isType(type)) throw wrong(file, line, `an event needs a :type of :invoke, :ok, :fail or :info${type === '' ? '' : `, and not :${type}`}`);
  const value = field('value') ?? null;
  const process = field('process') ?? 0;
  return {
    line,
    process: typeof process === 'string' ? process : String(process as number),
    type,
    // Transactions are often written down without a name.
    f: bare(field('f')) || 'txn',
    value,
    key: field('key'),
    hasError: type !== 'invoke' && field('error') !== undefined && field('error') !== null,
  };
};

/** A bracket around the whole file. */
const outer = /^(?:\s|;[^\n]*\n|\ufeff)*[[(]/;
const outerEnd = /[\])](?=(?:\s|;[^\n]*(?:\n|$))*$)/;

/** Maps, one after the other or in one bracket, which is blanked so that each map is a form with a line of its own. */
const fromEdn = (text: string, file: string): EventList => {
  const open = outer.exec(text)?.[0];
  if (open !== undefined && !outerEnd.test(text)) throw wrong(file, open.split('\n').length, `${open.at(-1)} is never closed`);
  const inner = open === undefined ? text : `${open.slice(0, -1)} ${text.slice(open.length).replace(outerEnd, ' ')}`;
  const reader = new EdnReader(inner, file);
  const events: HistoryEvent[] = [];
  for (let form = reader.next(); form !== null; form = reader.next()) events.push(fromMap(form, file));
  return { events, otherLines: 0 };
};

/** The first line of a file in EDN; a line of a log may begin with a bracket too, around its time. */
const ednLine = /^(?:[{(#]|\[(?:$|[\s{#]))/;

/** Reads a history in Jepsen's log format, as history.txt, or in EDN; which one it is shows at its beginning. */
export const readEvents = (text: string, file: string): EventList => {
  const first = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith(';'));
  const list = first !== undefined && ednLine.test(first) ? fromEdn(text, file) : fromLog(text, file);
  if (list.events.length > 0) return list;
  throw new RolecallError({
    code: 'HISTORY_EMPTY',
    message: 'It holds no operation.',
    place: file,
    advice: 'A history has lines such as `INFO  jepsen.util - 0 :invoke :write 3`, or maps such as {:type :invoke, :f :write, :value 3, :process 0}.',
  });
};
