import { defineProperty } from '../../model/property/property.ts';
import { copied } from '../../spec/file/domain.ts';
import { fileProtocol } from '../../spec/file/protocol.ts';
import type { Request } from '../../spec/request-response/messages.ts';
import type { MonitorHere } from './sight.ts';

/** Where each of the programs that ask a server stores the first number that it has not used. */
const storedBy = { user: 'client', holder: 'holder', editor: 'editor' } as const;
type Asker = keyof typeof storedBy;
const askers = Object.keys(storedBy) as Asker[];

/** By host: the highest number of an operation or a request. */
type Numbers = Readonly<Record<string, number>>;

const numbers: MonitorHere = {
  initial: {},
  next: (state, { host, role, effect }) => {
    if (role === 'server') return state;
    const known = state as unknown as Numbers;
    const used = (id: number): Numbers => ({ ...known, [host]: Math.max(known[host] ?? -1, id) });
    if (effect.type === 'invoke') return used(effect.id as number);
    return effect.type === 'send' && effect.message.type === 'Request' ? used((effect.message as unknown as Request).id) : state;
  },
};

export const numbered = defineProperty(fileProtocol, {
  id: 'FILE-NUMBERS',
  claim: 'Whoever asks a server stores the number of a request before it uses it: no crash gives it to another one.',
  source: 'RFC 5531, section 9: xid; RFC 1813, 4.5',
  holdsUnder: ['exclusive', 'unstable', 'sessions', 'leases', 'copies', 'cachedOn', 'everyExclusive'],
  monitors: { numbers },
  always: {
    storedBefore: (world) =>
      askers.every((role) =>
        world.every(role, ({ host, stored }) => {
          const last = (world.monitor('numbers') as unknown as Numbers)[host] ?? -1;
          const kept = stored[storedBy[role]] as { readonly nextId: number } | undefined;
          return (kept?.nextId ?? 0) > last;
        }),
      ),
  },
  sometimes: { severalAreUsed: (world) => Object.values(world.monitor('numbers') as unknown as Numbers).some((last) => last > 0) },
});

/** By editor: how often the present request was sent. */
type Asked = { readonly times: Readonly<Record<string, number>>; readonly wrong: boolean };

const patience: MonitorHere = {
  initial: { times: {}, wrong: false },
  next: (state, { host, role, effect }) => {
    const { times, wrong } = state as unknown as Asked;
    if (role !== 'editor') return state;
    const most = copied.caching.retries + 1;
    const so = times[host] ?? 0;
    if (effect.type === 'invoke') return { times: { ...times, [host]: 0 }, wrong };
    if (effect.type === 'return') return { times, wrong: wrong || (!effect.outcome.definite && so !== most) };
    return effect.type === 'send' ? { times: { ...times, [host]: so + 1 }, wrong: wrong || so === most } : state;
  },
  holds: (state) => !(state as unknown as Asked).wrong,
};

export const editorsAskAgain = defineProperty(fileProtocol, {
  id: 'EDITOR-ASKS-AGAIN',
  claim:
    'A request of an editor that is not answered is sent again so often as it should be, no more and no less, before it is given up; and then it is not waited for.',
  source: 'RFC 5531, section 4; RFC 1813, 4.5',
  holdsUnder: ['copies', 'oneEditor', 'cachedOn', 'everyEditor'],
  monitors: { patience },
  always: {
    waitsForWhatItAsked: (world) =>
      world.every('editor', (editor) => (editor.matches('opening') || editor.matches('closing')) === (editor.context.pending !== null)),
  },
  sometimes: { oneIsSentAgain: (world) => Object.values((world.monitor('patience') as unknown as Asked).times).some((times) => times > 1) },
});
