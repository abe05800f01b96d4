import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { linesIn } from '../../spec/web/http.ts';
import { origin } from '../../spec/web/origin.ts';
import { web } from '../../spec/web/protocol.ts';
import { answerIn, linesAt, type MonitorHere, showBrowser, showOrigin } from './sight.ts';

type Edits = { readonly asked: Readonly<Record<string, string>>; readonly confirmed: readonly string[] };

/** The lines that browsers were told to stand in the page. */
const confirmed: MonitorHere = {
  initial: { asked: {}, confirmed: [] },
  next: (state, { host, effect }) => {
    const { asked, confirmed } = state as unknown as Edits;
    if (effect.type === 'invoke' && effect.operation === 'PUT') {
      const line = linesIn((effect.input as { readonly body: string }).body, 'json')?.at(-1) ?? '';
      return { asked: { ...asked, [host]: line }, confirmed };
    }
    if (effect.type !== 'return' || effect.operation !== 'PUT' || !effect.outcome.definite) return state;
    return answerIn(effect.outcome.value)?.status === 204 ? { asked, confirmed: [...confirmed, asked[host] ?? ''].sort() } : state;
  },
};

export const lostUpdate = defineProperty(web, {
  id: 'IF-MATCH',
  claim: 'With If-Match no update is lost: a line that was added to a page stays in it, once, whoever else edits it.',
  source: 'RFC 9110, 13.1.1: If-Match',
  holdsUnder: ['editors', 'everyEdit'],
  failsUnder: { overwriters: 'Both have read the same page, and the second writes it back without what the first has added.' },
  monitors: { confirmed },
  always: {
    whatWasConfirmedStands: (world) => {
      const lines = linesAt(world, 'page');
      return (world.monitor('confirmed') as unknown as Edits).confirmed.every((line) => lines.includes(line));
    },
    once: (world) => {
      const lines = linesAt(world, 'page');
      return new Set(lines).size === lines.length;
    },
  },
  sometimes: {
    twoLines: (world) => linesAt(world, 'page').length === 2,
    someoneIsTooLate: (world) =>
      world.inFlight().some(({ message }) => answerIn((message as { readonly result?: unknown }).result ?? {})?.status === 412),
  },
  shows: { origin: showOrigin, browser: showBrowser },
  mutants: {
    heedsNoCondition: {
      doc: 'The origin does not look at the conditions of a request.',
      after: 'Servers that take If-Match and ignore it.',
      domain: { service: origin({ heeds: () => false }) },
    },
    coarseTags: {
      doc: 'The entity tag says how many lines a page has, and not which.',
      after: 'Tags made of size and modification time: two writes in one second share a tag.',
      domain: { service: origin({ etag: ({ lines }, format) => `${Math.min(lines?.length ?? 0, 1)}-${format}` }) },
    },
    storesNoPage: {
      doc: 'The origin answers before it has stored the page.',
      after: 'A write that is acknowledged from a cache of the disk, and lost in a crash.',
      roles: { origin: { actions: { store: nothing } } },
    },
  },
});
