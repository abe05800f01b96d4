import type { Value } from '../../model/kernel/value.ts';
import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import type { Response } from '../../spec/request-response/messages.ts';
import type { Access } from '../../spec/request-response/access.ts';
import { admitting } from '../../spec/request-response/server/admitting.ts';
import { guarded } from '../../spec/request-response/domain.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { type MonitorHere, showServer } from './sight.ts';

const { isForbidden } = admitting(guarded.access as Access).guards;

/** Who may act, by what the server has stored, and whether anybody else was told anything but that it may not. */
const told: MonitorHere = {
  initial: { granted: guarded.access?.granted ?? [], wrong: false },
  next: (state, { role, effect }) => {
    const { granted } = state as { readonly granted: readonly string[] };
    if (role !== 'server') return state;
    if (effect.type === 'persist') return { ...(state as object), granted: (effect.value as { readonly granted: Value }).granted } as Value;
    if (effect.type !== 'send' || !(effect.message as unknown as Response).result.ok) return state;
    // Hosts are named after their users here; the one who poses as another is not.
    return (effect.to as readonly string[]).every((host) => granted.includes(host)) ? state : ({ ...(state as object), wrong: true } as Value);
  },
  holds: (state) => !(state as { readonly wrong: boolean }).wrong,
};

export const serverGrants = defineProperty(requestResponse, {
  id: 'SERVER-GRANTS',
  claim: 'Only a user who proves to be one, and whom the server has granted it, changes or learns anything; after a revocation no more.',
  source: 'common sentence SERVER-GRANTS: the server controls access; RFC 9110, 15.5.2 and 15.5.4; RFC 7617',
  holdsUnder: ['grants', 'grantsBusy'],
  monitors: { told },
  step: {
    onlyTheGrantedChangeIt: (before, action, after) => {
      const [was, is] = [before.at('server', 'sam'), after.at('server', 'sam')];
      if (was?.running !== true || is?.running !== true || was.context.state === is.context.state) return true;
      // Of a server with a processor, the request that it has worked on changes it.
      const by = action.type === 'Deliver' ? action.from : action.type === 'Fire' ? was.context.queue[0]?.client : undefined;
      return by !== undefined && was.context.granted.includes(by);
    },
    revocationIsAtOnce: (_, action, after) =>
      action.type !== 'Command' ||
      action.command !== 'revoke' ||
      action.crashAfter !== undefined ||
      after.every('server', ({ context }) => !context.granted.includes((action.value as { readonly user: string }).user)),
  },
  sometimes: {
    bothMayAct: (world) => world.some('server', ({ context }) => context.granted.length === 2),
    nobodyMayAct: (world) => world.some('server', ({ context }) => context.granted.length === 0),
    oneIsRevokedWhileItWaits: (world) =>
      world.some('server', ({ context: { queue, granted } }) => queue.some(({ client }) => !granted.includes(client))),
    somethingIsChanged: (world) => world.some('server', ({ context }) => context.state !== 0),
  },
  shows: { server: (server) => `${showServer(server)}, granted to ${server.context.granted.join(' ') || 'nobody'}` },
  mutants: {
    checksNoSecret: {
      doc: 'A server believes whoever says that he is somebody.',
      after: 'AUTH_SYS of NFS v3: the client names its user, and nothing proves it.',
      domain: { access: { granted: ['cleo'], authenticate: ({ credential }) => credential?.user ?? null, needsGrant: () => true } },
    },
    revokesNothing: {
      doc: 'A revocation is heard, and the server goes on with the old grants.',
      after: 'Sessions that outlive the account: access is looked up at login only.',
      roles: { server: { actions: { revoke: nothing } } },
    },
    looksAtTheDoorOnly: {
      doc: 'A server looks whether a user may act when a request comes, and not when its turn comes.',
      after: 'Time of check to time of use: a job that was queued in time is run for a user who was locked out since.',
      roles: { server: { guards: { isForbidden: (step: Parameters<typeof isForbidden>[0]) => step.event.type === 'Request' && isForbidden(step) } } },
      under: 'grantsBusy',
    },
    admitsEverybody: {
      doc: 'A server admits everybody.',
      after: 'An access check that stands behind a flag.',
      roles: { server: { guards: { isForbidden: () => false } } },
    },
  },
});
