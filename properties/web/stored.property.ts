import { isSafe } from '../../spec/web/http.ts';
import { web } from '../../spec/web/protocol.ts';
import type { ServerContext } from '../../spec/request-response/server/vocabulary.ts';
import { actsInstead } from '../shared/instead.ts';
import { storesAtOnce } from '../shared/stored.ts';

export const stored = storesAtOnce(web, {
  id: 'STABLE-STORAGE',
  servers: ['origin', 'proxy'],
  holdsUnder: ['site', 'proxied', 'fresh', 'ownWrites', 'everyRead', 'everyPage'],
  mutants: {
    forgetsWhatIsStale: {
      doc: 'A cache stores the pages that it is given, and not that they have been invalidated.',
      after: 'A cache on disk whose list of stale pages stands in memory: after a restart the old page is back.',
      roles: {
        proxy: {
          actions: {
            store: actsInstead<ServerContext>(({ state, done }) => ({
              effects: done === null || !isSafe(done.work.request.call) ? [] : [{ type: 'persist', key: 'server', value: { state } }],
            })),
          },
        },
      },
      under: 'ownWrites',
    },
  },
});
