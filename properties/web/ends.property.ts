import { defineProperty } from '../../model/property/property.ts';
import { web } from '../../spec/web/protocol.ts';
import { showBrowser } from './sight.ts';

export const ends = defineProperty(web, {
  id: 'REQUEST-ENDS',
  claim: 'Every request ends in a response, or in the knowledge that there is none.',
  source: 'RFC 9110, 3.4: Messages; 15.6.5: 504',
  holdsUnder: ['site', 'gone', 'everyForm'],
  recovers: { nobodyWaits: { withinRounds: 40, holds: (world) => world.every('browser', (browser) => browser.matches('idle')) } },
  leadsTo: {
    everyRequestEnds: [
      (world) => world.some('browser', (browser) => browser.matches('waiting')),
      (world) => world.every('browser', (browser) => browser.matches('idle')),
    ],
  },
  sometimes: { someoneWaits: (world) => world.some('browser', (browser) => browser.matches('waiting')) },
  shows: { browser: showBrowser },
  mutants: {
    waitsForEver: {
      doc: 'A browser goes on trying for ever.',
      after: 'A client without a time-out for the whole request, on a connection that is gone.',
      roles: { browser: { guards: { mayRetry: () => true, comesFromServer: () => false } } },
      under: 'gone',
    },
  },
});
