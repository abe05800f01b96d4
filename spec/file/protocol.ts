import { defineProtocol } from '../../model/protocol/define.ts';
import { command, role } from '../../model/role/role.ts';
import { whenIdle, whenWaiting } from '../request-response/commands.ts';
import { replyCache } from '../request-response/ledger.ts';
import { requestResponseMessages } from '../request-response/messages.ts';
import { serverOver } from '../request-response/server.ts';
import { cachedOn, copied, countsLate, type FileDomain, forgetful, leased, shortLeases, unfenced, version3, version41 } from './domain.ts';
import { editorOver } from './editor.ts';
import { holderOver } from './holder.ts';
import { scenarios } from './scenarios.ts';
import { userOver } from './user.ts';

const whenIn =
  (state: string) =>
  ({ value }: { readonly value: unknown }) =>
    value === state ? [{}] : [];

export const rolesOver = (domain: FileDomain) => {
  const [user, holder, editor, server] = [userOver(domain), holderOver(domain.belief), editorOver(domain.caching), serverOver(domain)];
  const onDraft = whenIdle({ name: 'draft' });
  return {
    user: role(user, {
      doc: 'A user of files that lie on a server.',
      talksTo: ['server'],
      commands: {
        lookup: command<typeof user>({ doc: 'Looks whether a file is there.', values: onDraft }),
        create: command<typeof user>({ doc: 'Creates a file that must not be there yet.', values: onDraft }),
        createExclusively: command<typeof user>({ doc: 'Creates a file with a verifier of its own making.', values: onDraft }),
        remove: command<typeof user>({ doc: 'Removes a file.', values: onDraft }),
        rename: command<typeof user>({
          doc: 'Gives a file another name.',
          values: whenIdle({ name: 'draft', to: 'paper' }, { name: 'paper', to: 'draft' }),
        }),
        read: command<typeof user>({ doc: 'Reads a file.', values: onDraft }),
        save: command<typeof user>({ doc: 'Writes its name into a file, and commits it to disk.', values: onDraft }),
        cancel: command<typeof user>({ doc: 'Interrupts the call that is out.', values: whenWaiting }),
      },
    }),
    holder: role(holder, {
      doc: 'A user who writes to a file only under a lock, which it has for a time.',
      talksTo: ['server'],
      commands: {
        lock: command<typeof holder>({ doc: 'Wants to write to the file.' }),
        write: command<typeof holder>({ doc: 'Writes its name and the number of its lock into the file.' }),
        renew: command<typeof holder>({ doc: 'Wants to have the lock for longer.' }),
        unlock: command<typeof holder>({ doc: 'Gives the lock back.' }),
      },
    }),
    editor: role(editor, {
      doc: 'A user who works on a copy: fetched when the file is opened, stored when it is closed.',
      talksTo: ['server'],
      commands: {
        open: command<typeof editor>({ doc: 'Opens the file.', values: whenIn('closed') }),
        read: command<typeof editor>({ doc: 'Reads the open file.', values: whenIn('open') }),
        write: command<typeof editor>({ doc: 'Writes to the open file.', values: whenIn('open') }),
        close: command<typeof editor>({ doc: 'Closes the file.', values: whenIn('open') }),
      },
    }),
    server: role(server, { doc: 'Keeps the files, and the locks on them.', talksTo: ['user', 'holder', 'editor'] }),
  };
};

export type FileRoles = ReturnType<typeof rolesOver>;

/** A file server and its users. */
export const fileProtocol = defineProtocol({
  id: 'file',
  doc: 'Files on a server: NFS v3 with a duplicate request cache, NFS v4.1 with sessions and slots; locks that are granted for a time.',
  source: 'RFC 1813; RFC 8881',
  messages: requestResponseMessages,
  domains: {
    version3,
    smallCache: { ...version3, ledger: replyCache(1, { stored: () => [] }) },
    version41,
    forgetful,
    leased,
    shortLeases,
    countsLate,
    unfenced,
    copied,
    cachedOn,
  },
  roles: rolesOver,
  scenarios,
});
