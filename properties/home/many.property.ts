import type { Value } from '../../model/kernel/value.ts';
import { sameValue } from '../../model/property/consistency/values.ts';
import { defineProperty } from '../../model/property/property.ts';
import { usualPartners } from '../../spec/home/partners.ts';
import { home } from '../../spec/home/protocol.ts';
import type { Response } from '../../spec/request-response/messages.ts';
import { clients, type MonitorHere, showProgram, type World } from './sight.ts';

type Services = { readonly said: Readonly<Record<string, readonly Value[]>>; readonly wrong: boolean };

/** What each server answered each host that still waits for it, by id; and whether a program took for its answer what its own server did not say. */
const services: MonitorHere = {
  initial: { said: {}, wrong: false },
  next: (state, { host, role, effect }) => {
    const { said, wrong } = state as unknown as Services;
    if (effect.type === 'send' && effect.message.type === 'Response') {
      const { id, result } = effect.message as Response;
      const key = `${role} to ${String(effect.to)}, ${id}`;
      const known = said[key] ?? [];
      return known.some((each) => sameValue(each, result)) ? state : { said: { ...said, [key]: [...known, result] }, wrong };
    }
    const partners = usualPartners[role as keyof typeof usualPartners];
    if (partners === undefined || effect.type !== 'return') return state;
    const [keys, { outcome }] = [partners.map((server) => `${server} to ${host}, ${String(effect.id)}`), effect];
    const isHeard = !outcome.definite || keys.some((key) => said[key]?.some((each) => sameValue(each, outcome.value)));
    // What has ended is not asked again under that id.
    return { said: Object.fromEntries(Object.entries(said).filter(([key]) => !keys.includes(key))), wrong: wrong || !isHeard };
  },
  holds: (state) => !(state as unknown as Services).wrong,
};

/** Of the desk: five sessions as a client, and files that it serves. */
const allSessionsOpen = (world: World): boolean =>
  (['browser', 'reader', 'printUser'] as const).every((role) => world.at(role, 'desk')?.matches('waiting') === true) &&
  world.at('chatter', 'desk')?.context.local.joined === true &&
  world.at('listener', 'desk')?.context.local.playing === true &&
  world.some('fileUser', (each) => each.matches('waiting'));

export const many = defineProperty(home, {
  id: 'HOST-MANY',
  claim: 'A host runs many programs at once, clients and servers; each is answered by the service that it is a client of, and by no other.',
  source: 'common sentence HOST-MANY: one host runs file, web and mail server, or mail, web, chat and radio clients, at once; RFC 6335, section 3',
  holdsUnder: ['evening', 'crash', 'software', 'everyFate'],
  monitors: { services },
  sometimes: {
    allSessionsOpen,
    serverAndClient: (world) =>
      world.at('fileServer', 'desk')?.context.memory !== undefined && clients.some((role) => world.at(role, 'desk')?.matches('waiting') === true),
  },
  shows: Object.fromEntries(clients.map((role) => [role, showProgram])),
  mutants: {
    onePortForTwo: {
      doc: 'The print server listens where the web server should.',
      after: 'Two services of one host that are both configured for port 8080: the browser is told what the printer says.',
      domain: ({ partners }) => ({ partners: { ...partners, browser: ['printer'] } }),
    },
  },
});
