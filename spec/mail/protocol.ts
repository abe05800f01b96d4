import { defineProtocol } from '../../model/protocol/define.ts';
import { command, role } from '../../model/role/role.ts';
import { whenIdle } from '../request-response/commands.ts';
import { type MailDomain, usualMail } from './domain.ts';
import { messages } from './messages.ts';
import { mtaOver } from './mta.ts';
import { readerOver } from './reader.ts';
import { scenarios } from './scenarios.ts';

export const rolesOver = (domain: MailDomain) => {
  const [mta, reader] = [mtaOver(domain), readerOver(domain)];
  return {
    mta: role(mta, {
      doc: 'Takes mail over, keeps it, passes it on; and keeps the boxes of its users.',
      talksTo: ['mta', 'reader'],
      commands: {
        write: command<typeof mta>({
          doc: 'A user of this host writes a mail.',
          values: ({ context: { writesTo } }) => (writesTo === undefined ? [] : [{ to: writesTo }]),
        }),
      },
    }),
    reader: role(reader, {
      doc: "Shows a user's box.",
      talksTo: ['mta'],
      commands: {
        list: command<typeof reader>({ doc: 'Looks what is there.', values: whenIdle({}) }),
        remove: command<typeof reader>({
          doc: 'Removes a mail that was seen.',
          values: ({ value, context: { local } }) => (value === 'idle' ? local.seen.slice(0, 2).map(({ uid }) => ({ uid })) : []),
        }),
      },
    }),
  };
};

export type MailRoles = ReturnType<typeof rolesOver>;

/** Mail hosts, and programs that read a box. */
export const mailProtocol = defineProtocol({
  id: 'mail',
  doc: 'Mail is passed on from host to host: after 250 the receiver owns it, until another one has said 250.',
  source: 'RFC 5321; RFC 1047; RFC 9051',
  messages,
  domains: { usual: usualMail, crowded: { ...usualMail, room: 1 } },
  roles: rolesOver,
  scenarios,
});
