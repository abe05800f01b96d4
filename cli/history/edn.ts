import { RolecallError } from '../../model/kernel/errors.ts';
import type { Value } from '../../model/kernel/value.ts';

/** A form of EDN, Clojure's notation for data, and the line on which it begins. */
export interface Form {
  readonly value: Value;
  readonly line: number;
}

/** So deep may brackets stand in brackets. */
const deepest = 100;

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '#{': '}' };

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' };

/**
 * Reads EDN one form after the other. A keyword is its text with the colon; lists are vectors; tags are left out; a number
 * that is no integer is its text, because nothing here computes with it.
 */
export class EdnReader {
  private at: number;
  private line: number;
  private readonly text: string;
  private readonly file: string;

  constructor(text: string, file: string, line = 1) {
    this.text = text;
    this.file = file;
    this.line = line;
    this.at = text.startsWith('\ufeff') ? 1 : 0;
  }

  /** What is left to read. */
  get rest(): string {
    return this.text.slice(this.at);
  }

  /** The next form, or null at the end. */
  next(): Form | null {
    this.skip();
    if (this.at >= this.text.length) return null;
    const { line } = this;
    return { value: this.form(0), line };
  }

  /** The form that ends a file of several: brackets without an end are told by where they begin. */
  private fail(message: string, line = this.line): never {
    throw new RolecallError({
      code: 'HISTORY_SYNTAX',
      message,
      place: `${this.file}, line ${line}`,
      advice: 'A history in EDN holds maps such as {:type :invoke, :f :write, :value 3, :process 0}.',
    });
  }

  /** White space, commas, comments, and forms that are discarded. */
  private skip(): void {
    for (;;) {
      const character = this.text[this.at];
      if (character === '\n') this.line++;
      if (character !== undefined && /[\s,]/.test(character)) this.at++;
      else if (character === ';') while (this.at < this.text.length && this.text[this.at] !== '\n') this.at++;
      else if (character === '#' && this.text[this.at + 1] === '_') {
        this.at += 2;
        this.skip();
        this.form(0);
      } else return;
    }
  }

  private form(depth: number): Value {
    if (depth > deepest) this.fail(`brackets stand more than ${deepest} deep`);
    const character = this.text[this.at];
    if (character === undefined) this.fail('it ends where a value is expected');
    if (character === '"') return this.string();
    if (character === '#' && this.text[this.at + 1] === '{') return new Set(this.items('#{', depth));
    if (character === '#') {
      this.at++;
      this.token();
      this.skip();
      return this.form(depth + 1);
    }
    if (character === '[' || character === '(') return this.items(character, depth);
    if (character === '{') return this.map(depth);
    if (character === '\\') {
      this.at++;
      return this.token() || (this.text[this.at++] ?? '');
    }
    const token = this.token();
    if (token === '') this.fail(`${JSON.stringify(character)} is not expected here`);
    return valueIn(token);
  }

  private items(bracket: string, depth: number): Value[] {
    const { line } = this;
    this.at += bracket.length;
    const items: Value[] = [];
    for (this.skip(); this.text[this.at] !== closing[bracket]; this.skip()) {
      if (this.at >= this.text.length) this.fail(`${bracket} is never closed`, line);
      items.push(this.form(depth + 1));
    }
    this.at++;
    return items;
  }

  private map(depth: number): Value {
    const { line } = this;
    const items = this.items('{', depth);
    if (items.length % 2 === 1) this.fail('a map has a key without a value', line);
    return new Map(Array.from({ length: items.length / 2 }, (_, index) => [items[2 * index] as Value, items[2 * index + 1] as Value]));
  }

  private string(): string {
    const { line } = this;
    let text = '';
    for (this.at++; this.text[this.at] !== '"'; this.at++) {
      const character = this.text[this.at];
      if (character === undefined) this.fail('a text is never closed', line);
      if (character === '\n') this.line++;
      if (character === '\\') {
        const escaped = this.text[++this.at] ?? '';
        if (escaped === 'u') {
          text += String.fromCharCode(Number.parseInt(this.text.slice(this.at + 1, this.at + 5), 16) || 0xfffd);
          this.at += 4;
        } else text += escapes[escaped] ?? this.fail(`\\${escaped} means nothing in a text`);
      } else text += character;
    }
    this.at++;
    return text;
  }

  private token(): string {
    const start = this.at;
    while (this.at < this.text.length && !/[\s,;"()[\]{}]/.test(this.text[this.at] as string)) this.at++;
    return this.text.slice(start, this.at);
  }
}

const valueIn = (token: string): Value => {
  if (token === 'nil') return null;
  if (token === 'true' || token === 'false') return token === 'true';
  if (!/^[+-]?\d+[NM]?$/.test(token)) return token;
  const number = Number(token.replace(/[NM]$/, ''));
  return Number.isSafeInteger(number) ? number : BigInt(token.replace(/^\+|[NM]$/g, ''));
};
