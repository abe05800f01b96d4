import { defineProperty, type Monitor } from '../../model/property/property.ts';
import type { EchoReply } from '../../spec/host/messages.ts';
import type { PingContext } from '../../spec/host/programs.ts';
import { type HostRoles, host } from '../../spec/host/protocol.ts';
import { actsInstead } from '../shared/instead.ts';

/** Which program says what. */
const speaker: Readonly<Record<string, string>> = { Echo: 'ping', EchoReply: 'echo' };

const ownWords: Monitor<HostRoles> = {
  initial: true,
  next: (state, { role, effect }) => state === true && (effect.type !== 'send' || speaker[effect.message.type] === role),
  holds: (state) => state === true,
};

export const hostRolesProperty = defineProperty(host, {
  id: 'HOST-ROLES',
  claim: 'The software on a host determines its roles: it sends no message of a role that does not run on it, and answers for none.',
  source: 'common sentence HOST-ROLES: the software installed on a host determines its roles',
  holdsUnder: ['software', 'lives'],
  monitors: { ownWords },
  step: {
    onlyRunningRolesAct: (before, action) => {
      switch (action.type) {
        case 'Deliver':
          return before.at(action.toRole as 'ping', action.to)?.running === true;
        case 'Command':
        case 'Fire':
          return before.at(action.role as 'ping', action.host)?.running === true;
        default:
          return true;
      }
    },
  },
  sometimes: { someoneIsHeard: (world) => world.some('ping', ({ context }) => context.heard.size > 0) },
  mutants: {
    speaksForAnother: {
      doc: 'The client program also says that its host is there, though no service is installed on it.',
      after: "A program that answers on a port that is another's.",
      roles: {
        ping: {
          actions: {
            ask: actsInstead<PingContext>(({ sequence }) => ({
              effects: [{ type: 'broadcast', message: { type: 'EchoReply', sequence } as EchoReply }],
            })),
          },
        },
      },
    },
  },
});
