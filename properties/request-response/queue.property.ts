import { defineProperty, type WorldView } from '../../model/property/property.ts';
import type { Action } from '../../model/world/action.ts';
import { slow, worker } from '../../spec/request-response/domain.ts';
import type { Cancel, Request, Response } from '../../spec/request-response/messages.ts';
import { requestResponse, type RequestResponseRoles } from '../../spec/request-response/protocol.ts';
import { isOf } from '../../spec/request-response/server/vocabulary.ts';
import { delivered } from '../shared/delivered.ts';
import { answersIn, type MonitorHere, showServer } from './sight.ts';

/** Roles that have a processor, with how many requests there is place for. */
const places = { server: slow.processor?.queue ?? 0, gateway: worker.queue } as const;

const roles = ['server', 'gateway'] as const;

type World = WorldView<RequestResponseRoles>;

/** How often each host has said that it is busy. Counts go round: a step says it once. */
const turnedAway: MonitorHere = {
  initial: {},
  next: (state, { host, role, effect }) => {
    if ((role !== 'server' && role !== 'gateway') || effect.type !== 'send') return state;
    const { result } = effect.message as unknown as Response;
    if (result.ok || result.error !== 'busy') return state;
    const counts = state as Readonly<Record<string, number>>;
    return { ...counts, [host]: ((counts[host] ?? 0) + 1) % 4 };
  },
};

const turnedAwayIn = (world: World, host: string): number => (world.monitor('turnedAway') as Readonly<Record<string, number>>)[host] ?? 0;

/** A server to which a step brings something, before it and after it, unless it crashes meanwhile. */
const reached = (before: World, action: Action, after: World) => {
  if (action.type !== 'Deliver' || action.crashAfter !== undefined) return null;
  const role = roles.find((each) => each === action.toRole);
  if (role === undefined) return null;
  const [was, is] = [before.at(role, action.to), after.at(role, action.to)];
  return was?.running === true && is !== undefined ? { role, was, is, from: action.from, message: delivered(before, action, after) } : null;
};

export const queueBounded = defineProperty(requestResponse, {
  id: 'QUEUE-BOUNDED',
  claim:
    'No more requests wait at a server than it has place for, none of them twice, and none that was taken back; the rest are told that it is busy.',
  source: 'common sentence SERVER-MANY: a slow client delays others only up to the bound; RFC 9110, 15.6.4; RFC 9113, 7: CANCEL',
  holdsUnder: ['busy', 'eachWay', 'eachWayWaiting'],
  monitors: { turnedAway },
  always: {
    noMoreThanThereIsPlaceFor: (world) => roles.every((role) => world.every(role, ({ context }) => context.queue.length <= places[role])),
    noneTwice: (world) =>
      roles.every((role) =>
        world.every(role, ({ context: { queue } }) => new Set(queue.map(({ client, request }) => `${client} ${request.id}`)).size === queue.length),
      ),
  },
  step: {
    theRestAreToldThatItIsBusy: (before, action, after) => {
      const step = reached(before, action, after);
      if (step?.message?.type !== 'Request') return true;
      const { role, was, from, message } = step;
      const { queue, asked, memory } = was.context;
      const { id } = message as Request;
      const isKnown = [...queue, ...asked].some(isOf(from, id)) || answersIn(memory).some((each) => each.client === from && each.id === id);
      const times = (turnedAwayIn(after, was.host) - turnedAwayIn(before, was.host) + 4) % 4;
      return times === (queue.length >= places[role] && !isKnown ? 1 : 0);
    },
    whatIsTakenBackDoesNotWait: (before, action, after) => {
      const step = reached(before, action, after);
      if (step?.message?.type !== 'Cancel') return true;
      const { was, is, from, message } = step;
      const isTakenBack = isOf(from, (message as Cancel).id);
      // What is worked on is done, and what others want waits on.
      const left = was.context.queue.filter((work, at) => at === 0 || !isTakenBack(work));
      return (
        is.context.queue.length === left.length &&
        is.context.queue.every(({ client, request }, at) => left.findIndex(isOf(client, request.id)) === at)
      );
    },
  },
  sometimes: {
    theQueueIsFull: (world) => world.some('server', ({ context }) => context.queue.length === places.server),
    someoneIsTurnedAway: (world) =>
      world.inFlight().some(({ message }) => (message as { readonly result?: { readonly error?: string } }).result?.error === 'busy'),
    aRequestIsTakenBack: (world) => world.inFlight().some(({ message }) => message.type === 'Cancel'),
  },
  shows: { server: (server) => `${showServer(server)}, ${server.context.queue.length} in the queue` },
  mutants: {
    takesAll: {
      doc: 'A server queues whatever comes.',
      after: 'INVDoS, CVE-2018-17145: a queue without a bound.',
      roles: { server: { guards: { isFull: () => false } } },
      under: 'busy',
    },
    queuesTwice: {
      doc: 'A retransmitted request is queued beside the first.',
      after: 'NFS servers under load: retransmissions fill the queue that made them necessary.',
      roles: { server: { guards: { isQueued: () => false } } },
      under: 'busy',
    },
    takesNothingBack: {
      doc: 'A server goes on with what its client no longer wants.',
      after: 'HTTP/2 Rapid Reset, CVE-2023-44487: a stream that is reset is forgotten, and the work for it is done nevertheless.',
      roles: { server: { guards: { waitsInQueue: () => false } } },
      under: 'busy',
    },
  },
});

export const workConserving = defineProperty(requestResponse, {
  id: 'WORK-CONSERVING',
  claim: 'A processor is never idle while a request waits for it; and it works, or waits for another server, on a request only.',
  source: 'Kurose and Ross, Computer Networking, 4.2: work-conserving queuing discipline',
  holdsUnder: ['busy', 'grantsBusy', 'eachWay', 'eachWayWaiting'],
  always: {
    neverIdleWhileOneWaits: (world) =>
      roles.every((role) => world.every(role, (each) => each.context.queue.length === 0 || each.matches('working') || each.matches('asking'))),
    worksOnARequest: (world) => roles.every((role) => world.every(role, (each) => !each.matches('working') || each.context.queue.length > 0)),
    waitsForAnAnswer: (world) => world.every('gateway', (each) => !each.matches('asking') || each.context.asked.length > 0),
  },
  sometimes: { oneWaits: (world) => roles.some((role) => world.some(role, ({ context }) => context.queue.length > 1)) },
  shows: { server: ({ value, context }) => `${String(value)}, ${context.queue.length} in the queue` },
  mutants: {
    sleepsThroughTheQueue: {
      doc: 'A server that has done a request goes to sleep, although another one waits.',
      after: 'The lost wake-up: a worker looks at its queue just before something is put there, and sleeps.',
      roles: { server: { guards: { hasQueued: () => false } } },
      under: 'busy',
    },
  },
});
