import { describe, expect, test } from 'vitest';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { replayTrace } from '../../model/trace/replay.ts';
import type { Header, State } from '../../spec/blockchain/chain.ts';
import { exactChain } from '../../spec/blockchain/chains/exact.ts';
import { downloadOf, type Held } from '../../spec/blockchain/download.ts';
import type { Kept } from '../../spec/blockchain/peer/context.ts';
import { importBlocks } from '../../spec/blockchain/rules/import.ts';
import { eligibleOmmers } from '../../spec/blockchain/rules/ommers.ts';
import { mutantsOf, unconfirmed, verdicts } from '../shared/verdicts.ts';
import { downloadClaims } from './download.ts';

/** A chain with ommers that is longer than a batch of headers: what is claimed of a real chain can be tried without its file. */
const held = ((): Held => {
  const chain = exactChain({ seal: 'unchecked' });
  const siblings: Header[] = [];
  let kept: Kept = { head: chain.genesis, state: new Map() as State, trail: null, side: new Map() };
  for (let at = 1; at <= 250; at++) {
    const over = { parent: kept.head, state: kept.state, timestamp: 11 * at, transactions: [] };
    siblings.push(chain.build({ ...over, beneficiary: chain.addressOf('sibling'), ommers: [] }).header);
    const ommers = at % 3 === 0 ? eligibleOmmers(chain, siblings.slice(-4), kept.head) : [];
    const { head, state, undos } = importBlocks(chain, kept.head, kept.state, [
      chain.build({ ...over, beneficiary: chain.addressOf('maya'), ommers }),
    ]);
    const [undo] = undos;
    if (undo === undefined) throw new Error('the block was refused');
    kept = { ...kept, head, state, trail: { undo, below: kept.trail } };
  }
  return { chain, kept };
})();

describe('the claims about downloading a chain', () => {
  const protocol = downloadOf(held);
  const claims = downloadClaims(protocol, held);

  test('pass', () => {
    expect(held.kept.head.number).toBe(250);
    expect(unconfirmed(verdicts(protocol, claims, { runs: 3 }))).toEqual([]);
  });

  test('each claim names a planted fault', () => {
    expect(mutantsOf(claims).map(([, id]) => id)).toEqual(claims.map(({ type }) => type.id));
  });

  test.each(mutantsOf(claims))('%s is caught by %s, and the trace replays', (mutant, property) => {
    const report = verdicts(protocol, claims, { runs: 20, mutant });
    const [violated, ...others] = report.claims.filter(({ verdict }) => verdict === 'violated');
    expect([violated?.id, others]).toEqual([property, []]);
    const violation = violated?.violation ?? null;
    if (violation === null) throw new Error('no trace');
    expect(violation.trace.minimised?.candidates).toBeLessThanOrEqual(20);
    const replayed = replayTrace(protocol as unknown as Protocol, claims, violation.trace, { lenient: false });
    expect([replayed.divergence, replayed.reproduced, replayed.steps.length]).toEqual([null, true, violation.trace.steps.length]);
  });
});
