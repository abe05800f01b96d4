import type { ValueRecord } from '../../model/kernel/value.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import type { RoleType } from '../../model/role/role.ts';
import { type ChatDomain, rolesOver as chatRoles, usualChat } from '../chat/protocol.ts';
import { type FileDomain, version3 } from '../file/domain.ts';
import { rolesOver as fileRoles } from '../file/protocol.ts';
import { type MailDomain, usualMail } from '../mail/domain.ts';
import { messages as mailMessages } from '../mail/messages.ts';
import { rolesOver as mailRoles } from '../mail/protocol.ts';
import { type PrintDomain, rolesOver as printRoles, usualPrint } from '../print/protocol.ts';
import { noticeMessage, tierMessages } from '../request-response/messages.ts';
import { interleaved, rolesOver as streamRoles, type StreamDomain } from '../stream/protocol.ts';
import { usualWeb, type WebDomain } from '../web/domain.ts';
import { rolesOver as webRoles } from '../web/protocol.ts';
import { clientsOf, type Partners, usualPartners } from './partners.ts';
import { scenarios } from './scenarios.ts';

/** What the programs are built from: the domains of their services, and who converses with whom. */
export interface HomeDomain {
  readonly web: WebDomain;
  readonly file: FileDomain;
  readonly mail: MailDomain;
  readonly print: PrintDomain;
  readonly chat: ChatDomain;
  readonly stream: StreamDomain;
  readonly partners: Partners;
}

/** All clients hold on to their connections, and turn to the next server that they are told of. */
const usual: HomeDomain = {
  web: { ...usualWeb, reconnects: true },
  file: { ...version3, reconnects: true, failsOver: true },
  mail: { ...usualMail, reconnects: true },
  print: { ...usualPrint, reconnects: true, failsOver: true },
  chat: { ...usualChat, chatter: { ...usualChat.chatter, failsOver: true } },
  stream: { ...interleaved, rules: { ...interleaved.rules, failsOver: true } },
  partners: usualPartners,
};

/** Those of files and pages send again what is not answered. */
const sendingAgain: HomeDomain = { ...usual, web: usualWeb, file: { ...version3, failsOver: true } };

/** A user who asks again and again, also while a network settles: so it is seen whether the service is of use. */
const again = <R extends RoleType>(type: R, name: keyof R['commands'] & string): R => {
  const command = type.commands[name];
  if (command === undefined) throw new Error(`there is no command ${name}`);
  return { ...type, commands: { ...type.commands, [name]: { ...command, fair: true } } };
};

export const rolesOver = (domain: HomeDomain) => {
  const { partners } = domain;
  const [web, file, mail] = [webRoles(domain.web), fileRoles(domain.file), mailRoles(domain.mail)];
  const [print, chat, stream] = [printRoles(domain.print), chatRoles(domain.chat), streamRoles(domain.stream)];
  const client = <R extends RoleType>(type: R, name: keyof Partners): R => ({ ...type, talksTo: partners[name] });
  const server = <R extends RoleType>(type: R, name: string): R => ({ ...type, talksTo: clientsOf(name) });
  return {
    browser: client(again(web.browser, 'get'), 'browser'),
    proxy: { ...web.proxy, talksTo: ['browser'] },
    agent: client(web.agent, 'agent'),
    origin: server(web.origin, 'origin'),
    fileUser: client(again(file.user, 'lookup'), 'fileUser'),
    fileServer: server(file.server, 'fileServer'),
    reader: client(again(mail.reader, 'list'), 'reader'),
    mta: { ...mail.mta, talksTo: ['mta', ...clientsOf('mta')] },
    printUser: client(again(print.user, 'look'), 'printUser'),
    printer: server(print.printer, 'printer'),
    device: client(print.device, 'device'),
    chatter: client(chat.chatter, 'chatter'),
    channel: server(chat.channel, 'channel'),
    listener: client(stream.listener, 'listener'),
    studio: client(stream.studio, 'studio'),
    station: server(stream.station, 'station'),
  };
};

export type HomeRoles = ReturnType<typeof rolesOver>;

/** What any of the servers tells a subscriber. */
const noticeOf = ({ event, frame, sequence, number, from, text }: ValueRecord): string => {
  if (event !== undefined) return String(event);
  return frame === undefined ? `${String(number)}: ${String(from)}: ${String(text)}` : `${String(sequence)}: frame ${String(frame)}`;
};

/** Hosts with many programs. */
export const home = defineProtocol({
  id: 'home',
  doc: 'One host runs many programs at once, clients and servers of six services, which share its fate and nothing else. Their machines are those of the services (web, file, mail, print, chat, stream): what kills a fault in one of them stands in the table of kills of its service.',
  source: 'RFC 1122, 1.1.1; RFC 6335, section 3: services and ports',
  messages: {
    ...mailMessages,
    ...tierMessages,
    ...noticeMessage({
      doc: 'A server tells its subscriber something: a line, a packet, that a job waits.',
      source: 'RFC 2812, 3.3.1; RFC 3550, 5.1; PWG 5100.18',
      label: noticeOf,
    }),
  },
  domains: { usual, sendingAgain },
  roles: rolesOver,
  scenarios,
});
