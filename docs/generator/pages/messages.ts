import type { MessageType } from '../../../model/role/message.ts';
import type { Roles } from '../../../model/protocol/protocol.ts';
import { byCode } from '../catalogue.ts';
import type { Subject } from '../subject.ts';
import { readChart } from '../chart/read.ts';
import { code, prose } from '../text/escape.ts';
import { lines, page, table } from './markdown.ts';
import { fieldsOf } from './schema.ts';

const fieldList = (type: MessageType): string =>
  lines(
    fieldsOf(type.fields).map(
      ({ name, type: shape, optional, doc }) => `${code(name)}: ${code(shape)}${optional ? ', optional' : ''}${doc === '' ? '' : ` (${prose(doc)})`}`,
    ),
  ) || 'no fields';

/** The roles whose machine has a transition for a message; a wildcard takes every type that it matches. */
const acceptorsOf = (message: string, roles: Roles): readonly string[] =>
  Object.entries(roles)
    .filter(([, role]) =>
      readChart(role.machine).transitions.some(({ trigger }) => {
        if (trigger.kind !== 'event') return false;
        return trigger.name === message || trigger.name === '*' || (trigger.name.endsWith('.*') && message.startsWith(trigger.name.slice(0, -1)));
      }),
    )
    .map(([name]) => name);

/** Who was seen to send a message: effects are computed, so a machine's text alone does not say it. */
const sendersOf = (message: string, subject: Subject): readonly string[] => {
  const seen = new Set<string>();
  for (const { trace, story } of subject.traces) {
    for (const { action } of trace.steps) if ('fromRole' in action && action.message === message) seen.add(action.fromRole);
    for (const step of story.steps) for (const sent of step.sent) if (sent.message === message) seen.add(sent.fromRole);
  }
  return [...seen].sort(byCode);
};

/** What a machine's own data says it sends: the effects that are constants. */
const constantSenders = (message: string, roles: Roles): readonly string[] =>
  Object.entries(roles)
    .filter(([, role]) =>
      readChart(role.machine).words.some(({ kind, means }) => kind === 'action' && means.startsWith('emits ') && means.split(' ')[2] === message),
    )
    .map(([name]) => name);

export const messagesPage = (subject: Subject, roles: Roles, roleLink: (role: string) => string): string => {
  const { messages } = subject.protocol;
  const named = (names: readonly string[]): string => names.map(roleLink).join(', ');
  return page(
    `# Messages of ${prose(subject.protocol.id)}`,
    'Accepted by: the roles whose machine has a transition for the message in some state. Seen sent by: the roles that sent it in a kept trace, or whose machine says so as plain data; effects are computed, so a message that no kept trace shows has an empty cell.',
    table(
      ['Message', 'What it is', 'Fields', 'Accepted by', 'Seen sent by', 'Source'],
      Object.entries(messages).map(([name, type]) => [
        code(name),
        prose(type.doc),
        fieldList(type),
        named(acceptorsOf(name, roles)),
        named([...new Set([...constantSenders(name, roles), ...sendersOf(name, subject)])].sort(byCode)),
        prose(type.source),
      ]),
      'This protocol has no messages.',
    ),
  );
};
