import { defineProperty } from '../../model/property/property.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { type MonitorHere, showClient } from './sight.ts';

/** Whether the client that asks another client was ever answered. */
const answeredByAClient: MonitorHere = {
  initial: false,
  next: (state, { host, effect }) => state === true || (host === 'cleo' && effect.type === 'return' && effect.outcome.definite),
  holds: (state) => state === false,
};

const sameContext = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

export const clientRefuses = defineProperty(requestResponse, {
  id: 'CLIENT-REFUSES',
  claim: 'A client that is sent a request by another client does nothing of it, and its state does not change.',
  source: 'common sentence CLIENT-REFUSES: a client may be sent a request by another client',
  holdsUnder: ['clientsOnly'],
  monitors: { answeredByAClient },
  step: {
    onlyItsOwnStepsChangeIt: (before, action, after) => {
      const [was, is] = [before.at('client', 'cora'), after.at('client', 'cora')];
      if (was === undefined || is === undefined || sameContext(was.context, is.context)) return true;
      return action.type === 'Deliver' ? action.to === 'cora' && action.message === 'Response' : 'host' in action && action.host === 'cora';
    },
  },
  sometimes: {
    theOtherIsServed: (world) => world.some('server', ({ context }) => context.state !== 0),
    oneAsksInVain: (world) => world.some('client', (client) => client.host === 'cleo' && client.context.attempt > 0),
  },
  shows: { client: showClient },
});
