import { clientOver } from '../request-response/client.ts';
import type { Call, Result } from '../request-response/messages.ts';
import type { WebDomain } from './domain.ts';
import { type Answer, type Format, linesIn, represent } from './http.ts';

/** What a user agent remembers. */
export type BrowserMemory = {
  readonly name: string;
  /** Whether its user has nothing to write. */
  readonly readsOnly: boolean;
  /** How much its user has written; each text is another one. */
  readonly written: number;
  /** The line that is being added to a page, and whether the page is guarded by If-Match. */
  readonly edit: { readonly path: string; readonly line: string; readonly guarded: boolean } | null;
};

const get = (path: string, format: Format = 'json'): Call => ({ type: 'GET', path, accept: format });

/** An edit reads a page, adds a line and writes it back, until the line stands in it. Source: RFC 9110, 13.1.1. */
const nextOf = ({ edit }: BrowserMemory, call: Call, result: Result): Call | null => {
  if (edit === null || !result.ok) return null;
  const { status, etag, body } = result.value as Answer;
  if (call.type === 'PUT') return status === 412 ? get(edit.path) : null;
  if (status !== 200 && status !== 404) return null;
  const lines = body === undefined ? [] : (linesIn(body, 'json') ?? []);
  // After a 412 it may be its own line that has changed the page.
  if (lines.includes(edit.line)) return null;
  const condition = etag === undefined ? { ifNoneMatch: '*' } : { ifMatch: etag };
  return { type: 'PUT', path: edit.path, body: represent([...lines, edit.line], 'json'), ...(edit.guarded ? condition : {}) };
};

/** A user agent: it reads, writes, deletes, edits and sends forms. */
export const browserOver = ({ patience, mayRepeat, reconnects = false }: WebDomain) => {
  const text = ({ name, written }: BrowserMemory): string => `${name}${written + 1}`;
  const wrote = (local: BrowserMemory): BrowserMemory => ({ ...local, written: local.written + 1, edit: null });
  const edits = (guarded: boolean) => (local: BrowserMemory, command: { readonly [field: string]: unknown }) => {
    const path = command['path'] as string;
    return { call: get(path), local: { ...wrote(local), edit: { path, line: text(local), guarded } } };
  };
  return clientOver<BrowserMemory>({
    id: 'web.browser',
    patience,
    isRepeatable: mayRepeat,
    reconnects,
    start: (params) => {
      const { name, readsOnly = false } = params as { readonly name: string; readonly readsOnly?: boolean };
      return { name, readsOnly, written: 0, edit: null };
    },
    commands: {
      get: (local, { path, accept }) => ({ call: get(path as string, accept as Format), local: { ...local, edit: null } }),
      put: (local, { path }) => ({ call: { type: 'PUT', path: path as string, body: represent([text(local)], 'json') }, local: wrote(local) }),
      delete: (local, { path }) => ({ call: { type: 'DELETE', path: path as string }, local: { ...local, edit: null } }),
      post: (local, { path }) => ({ call: { type: 'POST', path: path as string, body: text(local) }, local: wrote(local) }),
      /** The same form once more, because its user has seen no answer. */
      reload: (local, { path }) => ({
        call: { type: 'POST', path: path as string, body: `${local.name}${local.written}` },
        local: { ...local, edit: null },
      }),
      edit: edits(true),
      overwrite: edits(false),
    },
    next: nextOf,
  });
};
