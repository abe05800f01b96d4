import { expect, test } from 'vitest';
import { drawRun } from '../model/explore/drawn.ts';
import { Visits } from '../model/explore/visits.ts';
import { Arena } from '../model/property/arena.ts';
import type { Mutant, Protocol } from '../model/protocol/protocol.ts';
import { downloadClaims } from '../properties/blockchain/download.ts';
import { downloadOf } from '../spec/blockchain/download.ts';
import type { BlockchainDomain } from '../spec/blockchain/domain.ts';
import type { PeerContext } from '../spec/blockchain/peer/context.ts';
import { realData } from '../vitest.data.ts';
import { measureDownload } from './download.ts';
import { firstBlocks, heldOf } from './held.ts';

const file = 'mainnet-00000-5ec1ffb8.era1';

test('a peer that joins downloads all 8,192 blocks, whatever strikes, and keeps every claim', (context) => {
  const held = heldOf(realData(context, file));
  for (const scenario of ['download', 'downloadOverDatagrams'] as const)
    for (const rate of measureDownload(held, scenario, [1])) {
      expect(rate.blocks).toBe(8191);
      expect(rate.faults.length).toBeGreaterThan(20);
    }
});

test('the same seed downloads in the same steps', (context) => {
  const held = heldOf(firstBlocks(realData(context, file), 500));
  const [one, other] = [measureDownload(held, 'download', [7]), measureDownload(held, 'download', [7])].map(([rate]) => rate);
  expect([one?.steps, one?.faults, one?.blocks]).toEqual([other?.steps, other?.faults, 499]);
  expect(other?.blocks).toBe(499);
});

test('the claims about a download can fail', (context) => {
  const held = heldOf(firstBlocks(realData(context, file), 500));
  const protocol = downloadOf(held);
  const violatedBy = (change: Pick<Mutant, 'domain' | 'roles'>): string | undefined => {
    const arena = new Arena(protocol as unknown as Protocol, protocol.scenarios.download, downloadClaims(protocol, held), { doc: '', ...change });
    for (let seed = 0; seed < 8; seed++) {
      const { run } = drawRun(arena, seed, { strategy: 'timed', hosts: null, faults: null, maxSteps: null, visits: new Visits(), onRun: () => {} });
      if (run.violation !== null) return run.violation.part?.property.type.id;
    }
    return undefined;
  };
  const overDomain = (change: (domain: BlockchainDomain) => Partial<BlockchainDomain>) => violatedBy({ domain: change as never });
  // A limit of one answer taken for the end of the chain, by a peer that then looks no further.
  const isNew = ({ context }: { readonly context: PeerContext }): boolean => context.kept.head.number === 0;
  expect(violatedBy({ roles: { peer: { guards: { batchWasFull: () => false, promiseWasKept: () => true, someoneHasMore: isNew } } } })).toBe(
    'JOIN-GETS-ALL',
  );
  // A ledger that forgets what ommers are paid, at a peer that compares no state root.
  const forgetsOmmers = ({ execute }: BlockchainDomain): Partial<BlockchainDomain> => ({
    execute: (state, header, body) => execute(state, header, { ...body, ommers: [] }),
    stateMatches: () => true,
  });
  expect(overDomain(forgetsOmmers)).toBe('REPLICATED');
});
