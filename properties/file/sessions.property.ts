import { defineProperty, type InstanceView } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import type { Action } from '../../model/world/action.ts';
import { type FileRoles, fileProtocol } from '../../spec/file/protocol.ts';
import type { Request } from '../../spec/request-response/messages.ts';
import { createSession } from '../../spec/request-response/sessions.ts';
import { type MonitorHere, showServer, showUser } from './sight.ts';

/** Of each user: whether its session is lost and no other one asked for, and whether its last call was given up; and whether one asked out of turn. */
type Sessions = { readonly lost: readonly string[]; readonly givenUp: readonly string[]; readonly wrong: boolean };

const sessions: MonitorHere = {
  initial: { lost: [], givenUp: [], wrong: false },
  next: (state, { host, role, effect }) => {
    const { lost, givenUp, wrong } = state as unknown as Sessions;
    if (role !== 'user') return state;
    const [others, patient] = [lost.filter((each) => each !== host), givenUp.filter((each) => each !== host)];
    if (effect.type === 'invoke') return { lost, givenUp: patient, wrong };
    if (effect.type === 'return' && !effect.outcome.definite) {
      const { reason } = effect.outcome;
      if (reason === 'timeout') return { lost, givenUp: [...patient, host].sort(), wrong };
      return reason === 'cancelled' ? state : { lost: [...others, host].sort(), givenUp: patient, wrong };
    }
    if (effect.type !== 'send' || effect.message.type !== 'Request') return state;
    const { call, stamp } = effect.message as unknown as Request;
    if (call.type === createSession) return { lost: others, givenUp, wrong };
    return { lost, givenUp, wrong: wrong || stamp === undefined || lost.includes(host) };
  },
  holds: (state) => !(state as unknown as Sessions).wrong,
};

const hasFreeSlot = ({ context: { session } }: InstanceView<FileRoles['user']>): boolean => session?.slots.some(({ inDoubt }) => !inDoubt) ?? false;

/** Its time has run out, or its connection is broken: that is a time-out which comes at once. */
const isTimeOut = (action: Action, host: string): boolean =>
  action.type === 'Fire' ? action.host === host : action.type === 'Deliver' && action.message === 'disconnected' && action.to === host;

export const oneSession = defineProperty(fileProtocol, {
  id: 'NFS4-ONE-SESSION',
  claim:
    'A user asks in a session, opens one only where it has none with a free slot, and another one when it has lost it; it gives up only when the time has run out, or the connection is lost.',
  source: 'RFC 8881, 2.10.6.1: Slot Identifiers and Reply Cache; 15.1.11.1: NFS4ERR_BADSESSION; 18.36: CREATE_SESSION',
  holdsUnder: ['sessions', 'lostSessions', 'everySession'],
  monitors: { sessions },
  step: {
    opensNoMore: (before, _, after) =>
      after.every('user', (user) => {
        const was = before.at('user', user.host);
        return was?.running !== true || !user.matches('opening') || was.matches('opening') || !hasFreeSlot(was);
      }),
    noLessPatient: (before, action, after) => {
      const [then, now] = [before, after].map((world) => (world.monitor('sessions') as unknown as Sessions).givenUp);
      return (now ?? []).every((host) => then?.includes(host) === true || isTimeOut(action, host));
    },
  },
  sometimes: { aSessionIsOpen: (world) => world.some('user', hasFreeSlot) },
  shows: { server: showServer, user: showUser },
  mutants: {
    keepsTheLostSession: {
      doc: 'A user goes on in a session that the server does not know any more.',
      after: 'Mounts that hang after the server was restarted, until they are mounted anew.',
      roles: { user: { actions: { dropSession: nothing } } },
      under: 'lostSessions',
    },
  },
});
