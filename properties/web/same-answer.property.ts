import { defineProperty } from '../../model/property/property.ts';
import { type Format, linesIn, represent } from '../../spec/web/http.ts';
import { origin } from '../../spec/web/origin.ts';
import { web } from '../../spec/web/protocol.ts';
import { answerIn, type MonitorHere, showOrigin } from './sight.ts';

type Reads = {
  readonly formats: Readonly<Record<string, Format>>;
  readonly shown: Readonly<Record<string, Readonly<Partial<Record<Format, string>>>>>;
  readonly wrong: boolean;
};

/** What each version of the page was shown as in each format, and whether a browser ever got a format that it did not ask for. */
const shown: MonitorHere = {
  initial: { formats: {}, shown: {}, wrong: false },
  next: (state, { host, role, effect }) => {
    const { formats, shown, wrong } = state as unknown as Reads;
    if (role !== 'browser') return state;
    if (effect.type === 'invoke' && effect.operation === 'GET') {
      return { formats: { ...formats, [host]: (effect.input as { readonly accept: Format }).accept }, shown, wrong };
    }
    if (effect.type !== 'return' || effect.operation !== 'GET' || !effect.outcome.definite) return state;
    const { status, body = '', etag = '' } = answerIn(effect.outcome.value) ?? { status: 504 };
    if (status !== 200) return state;
    const format = formats[host] ?? 'json';
    const lines = linesIn(body, format);
    const version = etag.split('-')[0] ?? '';
    return { formats, shown: { ...shown, [version]: { ...shown[version], [format]: (lines ?? []).join(' ') } }, wrong: wrong || lines === null };
  },
  holds: (state) => {
    const { shown, wrong } = state as unknown as Reads;
    return !wrong && Object.values(shown).every(({ json, html }) => json === undefined || html === undefined || json === html);
  },
};

export const sameAnswer = defineProperty(web, {
  id: 'SAME-ANSWER',
  claim: 'Whoever asks for a page and whoever asks for its data get the same answer, at the same version, in the format asked for.',
  source:
    'common sentence SAME-ANSWER: a server answers by an interface for programs or by pages; RFC 9110, 12.1: Proactive Negotiation; RFC 9111, 4.1: Vary',
  holdsUnder: ['proxied', 'site', 'fresh', 'everyRead'],
  monitors: { shown },
  sometimes: {
    bothAreSeen: (world) =>
      Object.values((world.monitor('shown') as unknown as Reads).shown).some(({ json, html }) => json !== undefined && html !== undefined),
  },
  shows: { origin: showOrigin },
  mutants: {
    ignoresVary: {
      doc: 'The cache stores a response under its path alone.',
      after: 'A cache that ignores Vary: programs get the page, and people the data.',
      domain: ({ cache }) => ({ cache: { ...cache, freshFor: 1, key: ({ path }) => `${path as string}, in whatever format` } }),
    },
    forgetsALine: {
      doc: 'The page for people leaves out the last line.',
      after: 'Two templates over one database, of which one was not adapted.',
      domain: { service: origin({ represent: (lines, format) => represent(format === 'html' ? lines.slice(0, -1) : lines, format) }) },
    },
  },
});
