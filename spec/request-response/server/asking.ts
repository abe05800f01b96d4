import type { ServerDomain } from '../domain.ts';
import { changes, emits, isFor, when, workOf } from './vocabulary.ts';

/** A server that asks another through the client program on its own host. */

export const asking = ({ service, behind }: ServerDomain) => ({
  guards: {
    mustAsk: when((context, event) => {
      const { client, request } = workOf(context, event);
      return 'asks' in service.apply(context.state, request.call, client);
    }),
    wasAsked: when(({ asked }, event) => event.type === 'Learnt' && asked.some(isFor(event))),
    /** A request whose answer is on its way from behind is not asked for twice. */
    isAskedFor: when(({ asked }, event) => {
      if (event.type !== 'Request') return false;
      return asked.some(({ client, request }) => client === event.from && request.id === event.id);
    }),
  },
  actions: {
    ask: emits((context, event) => {
      const { client, request } = workOf(context, event);
      const served = service.apply(context.state, request.call, client);
      if (!('asks' in served) || behind === undefined) return [];
      return [{ type: 'tell', role: behind, message: { type: 'Ask', onBehalfOf: { client, id: request.id }, call: served.asks } }];
    }),
    noteAsked: changes((context, event) => ({ asked: [...context.asked, workOf(context, event)] })),
    resume: changes((context, event) => {
      if (event.type !== 'Learnt' || service.resume === undefined) return {};
      const work = workOf(context, event);
      const { state, result } = service.resume(context.state, work.request.call, work.client, event.result);
      return { state, done: { work, result, notices: [] } };
    }),
    takeUp: changes(({ asked }, event) => (event.type === 'Learnt' ? { asked: asked.filter((work) => !isFor(event)(work)) } : {})),
  },
});
