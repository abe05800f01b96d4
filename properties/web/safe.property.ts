import { sameValue } from '../../model/property/consistency/values.ts';
import { defineProperty } from '../../model/property/property.ts';
import { isSafe } from '../../spec/web/http.ts';
import { origin } from '../../spec/web/origin.ts';
import { web } from '../../spec/web/protocol.ts';
import { pageIn, requestIn, showOrigin, siteIn } from './sight.ts';

export const safe = defineProperty(web, {
  id: 'SAFE',
  claim: 'A safe method changes nothing.',
  source: 'RFC 9110, 9.2.1: Safe Methods',
  holdsUnder: ['site', 'editors', 'everyPage'],
  step: {
    readingChangesNothing: (before, action, after) => {
      const request = requestIn(before, action);
      return request === null || !isSafe(request.call) || sameValue(siteIn(before), siteIn(after));
    },
  },
  sometimes: {
    aPageIsThereToRead: (world) => pageIn(world).lines !== null && world.some('browser', ({ context }) => context.pending?.call.type === 'GET'),
  },
  shows: { origin: showOrigin },
  mutants: {
    countsVisits: {
      doc: 'A visit is written into the page.',
      after: 'Links that delete when they are followed: a web accelerator of 2005 followed all of them ahead of its user.',
      domain: { service: origin({ visited: (page) => ({ ...page, version: page.version + 1 }) }) },
      under: 'site',
    },
  },
});
