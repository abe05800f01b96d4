import { assign, enqueueActions, setup } from 'xstate';
import type { Delivered, Effect, HostName, RoleInput } from '../../model/role/effect.ts';
import type { Rule } from '../../model/role/rule.ts';
import type { Call, Request, Response } from '../request-response/messages.ts';

/** How a client keeps copies of files. */
export interface Caching {
  /** After how long a request is sent again, and how often. */
  readonly retryMs: number;
  readonly retries: number;
  /** Whether a file is opened as it was kept, without asking the server whether it is still so. */
  readonly trustsItsCopy: boolean;
  /** Whether a file counts as closed before the server has what was written. */
  readonly flushesLater: boolean;
}

const rules = {
  open: { rule: 'EDITOR-1', source: 'RFC 8881, 10.3.1: Data Caching and OPENs', says: 'Who opens a file asks whether its copy is still so.' },
  trust: { rule: 'EDITOR-2', source: 'nfs(5): nocto', says: 'A copy may be trusted instead; then nothing is promised.' },
  learn: { rule: 'EDITOR-3', source: 'RFC 8881, 10.3.1', says: 'What has changed replaces the copy.' },
  read: { rule: 'EDITOR-4', source: 'RFC 1813, 4.11: Caching policies', says: 'An open file is read from the copy.' },
  write: { rule: 'EDITOR-5', source: 'RFC 1813, 4.11: Caching policies', says: 'An open file is written to the copy.' },
  close: { rule: 'EDITOR-6', source: 'RFC 8881, 10.3.1', says: 'Who closes a file stores what it has written, and waits until the server has it.' },
  again: { rule: 'EDITOR-7', source: 'RFC 1813, 4.5; RFC 5531, section 4', says: 'A request that is not answered is sent again, with the same id.' },
  giveUp: { rule: 'EDITOR-8', source: 'RFC 5531, section 4', says: 'In the end the outcome is indefinite, and the copy is given up.' },
} as const satisfies Record<string, Rule>;

type Copy = { readonly version: number; readonly data: string | null };

export interface EditorContext {
  readonly name: string;
  readonly server: HostName;
  /** For requests, operations and what is written alike. */
  readonly nextId: number;
  /** The operation that waits for the server, and what it asks. */
  readonly pending: { readonly id: number; readonly operation: 'open' | 'close'; readonly call: Call } | null;
  readonly attempt: number;
  readonly copy: Copy | null;
  /** Whether something was written that the server does not have. */
  readonly dirty: boolean;
}

type Word = 'open' | 'read' | 'write' | 'close';
type EditorEvent = Delivered<Response> | { readonly type: Word };
type EditorEffect = Effect<Request>;
type Params = { readonly name: string; readonly servers: readonly [HostName] };

const file = 'draft';
const storedKey = 'editor';

const pendingIn = ({ pending }: EditorContext) => {
  if (pending === null) throw new Error('nothing is asked');
  return pending;
};

const isAnswerTo = ({ pending }: EditorContext, event: EditorEvent): boolean => event.type === 'Response' && event.id === pending?.id;

const valueIn = (event: EditorEvent): unknown => (event.type === 'Response' && event.result.ok ? event.result.value : null);

const began = (id: number, operation: Word, input: { readonly value?: string } = {}): EditorEffect => ({
  type: 'invoke',
  operation,
  id,
  input: { file, ...input },
});

const ended = (id: number, operation: Word, value: string | null = null): EditorEffect => ({
  type: 'return',
  operation,
  id,
  outcome: { definite: true, value },
});

/** Operations on the copy are over at once. */
const atOnce = (id: number, operation: Word, value: string | null): readonly EditorEffect[] =>
  operation === 'write' ? [began(id, operation, { value: value ?? '' }), ended(id, operation)] : [began(id, operation), ended(id, operation, value)];

/** A user of files who works on copies: it fetches a file when it opens it, and stores it when it closes it. */
export const editorOver = ({ retryMs, retries, trustsItsCopy, flushesLater }: Caching) =>
  setup({
    types: {
      context: {} as EditorContext,
      events: {} as EditorEvent,
      emitted: {} as EditorEffect,
      input: {} as RoleInput,
      meta: {} as Rule,
      tags: {} as 'rest',
    },
    delays: { retryMs },
    guards: {
      trustsCopy: ({ context }) => trustsItsCopy && context.copy !== null,
      isAnswer: ({ context, event }) => isAnswerTo(context, event),
      isClean: ({ context }) => !context.dirty,
      mayRetry: ({ context }) => context.attempt < retries,
    },
    actions: {
      /** The id is stored before it is used: a crash must not let it be used again. */
      number: enqueueActions(({ context, enqueue }) => {
        enqueue.assign({ nextId: context.nextId + 1 });
        enqueue.emit({ type: 'persist', key: storedKey, value: { nextId: context.nextId + 1 } });
      }),
      begin: enqueueActions(({ context, event, enqueue }) => {
        const id = context.nextId - 1;
        const call: Call =
          event.type === 'open'
            ? { type: 'fetch', name: file, version: context.copy?.version ?? null }
            : { type: 'store', name: file, data: context.copy?.data ?? '' };
        enqueue.assign({ pending: { id, operation: event.type as 'open' | 'close', call }, attempt: 0 });
        enqueue.emit(began(id, event.type as Word));
        if (event.type === 'close' && flushesLater) enqueue.emit(ended(id, 'close'));
      }),
      ask: enqueueActions(({ context, enqueue }) => {
        const { id, call } = pendingIn(context);
        enqueue.emit({ type: 'send', to: context.server, message: { type: 'Request', id, call } });
      }),
      countAttempt: assign(({ context }) => ({ attempt: context.attempt + 1 })),
      learn: enqueueActions(({ context, event, enqueue }) => {
        const { id } = pendingIn(context);
        enqueue.assign({ copy: (valueIn(event) as Copy | null) ?? context.copy, pending: null });
        enqueue.emit(ended(id, 'open'));
      }),
      work: enqueueActions(({ context, event, enqueue }) => {
        const id = context.nextId - 1;
        const { copy, name } = context;
        const data = event.type === 'write' ? `${name} ${id}` : (copy?.data ?? null);
        if (event.type === 'write') enqueue.assign({ copy: { version: copy?.version ?? 0, data }, dirty: true });
        for (const effect of atOnce(id, event.type as Word, data)) enqueue.emit(effect);
      }),
      flushed: enqueueActions(({ context, event, enqueue }) => {
        const { id } = pendingIn(context);
        enqueue.assign({ copy: { version: valueIn(event) as number, data: context.copy?.data ?? null }, dirty: false, pending: null });
        if (!flushesLater) enqueue.emit(ended(id, 'close'));
      }),
      giveUp: enqueueActions(({ context, enqueue }) => {
        const { id, operation } = pendingIn(context);
        enqueue.assign({ copy: null, dirty: false, pending: null });
        if (operation === 'open' || !flushesLater) enqueue.emit({ type: 'return', operation, id, outcome: { definite: false, reason: 'timeout' } });
      }),
    },
  }).createMachine({
    id: 'file.editor',
    options: { maxIterations: 100 },
    context: ({ input }): EditorContext => {
      const { name, servers } = input.params as Params;
      const { nextId } = (input.stored[storedKey] ?? { nextId: 0 }) as { readonly nextId: number };
      return { name, server: servers[0], nextId, pending: null, attempt: 0, copy: null, dirty: false };
    },
    initial: 'closed',
    states: {
      closed: {
        description: 'The file is not open; a copy may be left from the last time.',
        tags: 'rest',
        on: {
          open: [
            { guard: 'trustsCopy', target: 'open', actions: ['number', 'work'], meta: rules.trust },
            { target: 'opening', actions: ['number', 'begin'], meta: rules.open },
          ],
        },
      },
      opening: {
        description: 'The server is asked whether the copy is still so.',
        entry: 'ask',
        on: { Response: { guard: 'isAnswer', target: 'open', actions: 'learn', meta: rules.learn } },
        after: {
          retryMs: [
            { guard: 'mayRetry', target: 'opening', reenter: true, actions: 'countAttempt', meta: rules.again },
            { target: 'closed', actions: 'giveUp', meta: rules.giveUp },
          ],
        },
      },
      open: {
        description: 'The file is open: it is read from the copy, and written to it.',
        tags: 'rest',
        on: {
          read: { actions: ['number', 'work'], meta: rules.read },
          write: { actions: ['number', 'work'], meta: rules.write },
          close: [
            { guard: 'isClean', target: 'closed', actions: ['number', 'work'], meta: rules.close },
            { target: 'closing', actions: ['number', 'begin'], meta: rules.close },
          ],
        },
      },
      closing: {
        description: 'What was written is stored.',
        entry: 'ask',
        on: { Response: { guard: 'isAnswer', target: 'closed', actions: 'flushed', meta: rules.close } },
        after: {
          retryMs: [
            { guard: 'mayRetry', target: 'closing', reenter: true, actions: 'countAttempt', meta: rules.again },
            { target: 'closed', actions: 'giveUp', meta: rules.giveUp },
          ],
        },
      },
    },
  });
