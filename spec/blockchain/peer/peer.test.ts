import { describe, expect, it } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import type { Effect } from '../../../model/role/effect.ts';
import { Stepper } from '../../../model/role/step.ts';
import type { Block } from '../chain.ts';
import { abstractChain } from '../chains/abstract.ts';
import { over } from '../domain.ts';
import type { EthMessage, Status } from '../messages.ts';
import type { PeerContext } from './context.ts';
import { keptFromGenesis, importOver } from './kept-chain.ts';
import { peerOver } from './peer.ts';
import { statusOf } from './sessions.ts';

const chain = abstractChain();
const domain = over(chain);
const stepper = new Stepper(peerOver(domain));

/** A peer, stepped by events; what it said last. */
class Peer {
  snapshot: AnyMachineSnapshot = stepper.start({ stored: {}, params: null }).snapshot;
  effects: readonly Effect[] = [];
  rules: readonly string[] = [];

  hear(event: { readonly type: string; readonly from?: string; readonly [field: string]: unknown }): this {
    const done = stepper.step(this.snapshot, event);
    [this.snapshot, this.effects, this.rules] = [done.snapshot, done.effects, done.rules];
    return this;
  }

  meet(host: string, status: Partial<Status> = {}): this {
    return this.hear({ type: 'connected', from: host }).hear({ ...statusOf(domain, keptFromGenesis(domain)), ...status, from: host });
  }

  fire(timer: string): this {
    return this.hear({ type: `xstate.after.${timer}` });
  }

  get context(): PeerContext {
    return this.snapshot.context as PeerContext;
  }

  get sent(): readonly string[] {
    return this.effects.map((effect) => ('message' in effect ? effect.message.type : effect.type));
  }

  message<T extends EthMessage['type']>(type: T): Extract<EthMessage, { readonly type: T }> {
    const found = this.effects.find((effect) => 'message' in effect && effect.message.type === type);
    return (found as unknown as { readonly message: Extract<EthMessage, { readonly type: T }> }).message;
  }
}

/** Blocks of a miner, one over the other. */
const mined = (count: number, miner = 'ann', at = 1): readonly Block[] => {
  const blocks: Block[] = [];
  let kept = keptFromGenesis(domain);
  for (let n = 0; n < count; n++) {
    const block = chain.build({ parent: kept.head, state: kept.state, timestamp: at, beneficiary: miner, transactions: [], ommers: [] });
    kept = importOver(domain, kept, kept.head, [block], null).kept;
    blocks.push(block);
  }
  return blocks;
};

const newBlock = (block: Block, totalDifficulty = 5n) => ({ type: 'NewBlock', block, totalDifficulty });

describe('a peer', () => {
  it('says Status first, and is in touch once it has heard one', () => {
    const peer = new Peer().hear({ type: 'connected', from: 'b' });
    expect(peer.sent).toEqual(['Status']);
    peer.hear({ ...statusOf(domain, keptFromGenesis(domain)), from: 'b' });
    expect(peer.rules).toEqual(['ETH-2', 'ETH-8']);
  });

  it('leaves a peer of another network', () => {
    const peer = new Peer().meet('b', { networkId: 7 });
    expect(peer.sent).toEqual(['Disconnect']);
    expect(peer.context.barred).toEqual(new Set(['b']));
    expect(peer.hear({ ...newBlock(mined(1)[0] as Block), from: 'b' }).rules).toEqual(['ETH-5']);
  });

  it('sends the whole block to some, imports and stores it, and announces it to the rest, but not back', () => {
    const peer = new Peer().meet('b').meet('c').meet('d').meet('e').meet('f');
    peer.hear({ ...newBlock(mined(1)[0] as Block), from: 'b' });
    expect(peer.rules).toEqual(['ETH-13', 'ETH-15']);
    expect(peer.sent).toEqual(['NewBlock', 'persist', 'NewBlockHashes']);
    const [whole] = peer.effects;
    expect(whole).toMatchObject({ to: { some: 2, of: ['c', 'd', 'e', 'f'] } });
    expect(peer.context.kept.head.number).toBe(1);
    expect(peer.hear({ ...newBlock(mined(1)[0] as Block), from: 'c' }).sent).toEqual([]);
  });

  it('bars the sender of a bad header, and passes nothing on', () => {
    const peer = new Peer().meet('b').meet('c');
    peer.hear({ ...newBlock(chain.forge(mined(1)[0] as Block, 'seal')), from: 'b' });
    expect(peer.rules[0]).toBe('ETH-12');
    expect(peer.sent).toEqual(['Disconnect']);
  });

  it('does not remember a hash as bad for the body that came with it', () => {
    const [block] = mined(1) as [Block];
    const peer = new Peer()
      .meet('b')
      .meet('c')
      .hear({ ...newBlock(chain.forge(block, 'body')), from: 'b' });
    expect(peer.rules[0]).toBe('ETH-18');
    expect(peer.context.condemned.size).toBe(0);
    expect(peer.hear({ ...newBlock(block), from: 'c' }).rules).toContain('ETH-15');
  });

  it('remembers a block whose state root is wrong, and blames nobody for passing it on', () => {
    const forged = chain.forge(mined(1)[0] as Block, 'state');
    const peer = new Peer()
      .meet('b')
      .meet('c')
      .hear({ ...newBlock(forged), from: 'b' });
    expect(peer.rules).toEqual(['ETH-13', 'ETH-17']);
    expect(peer.sent).toEqual(['NewBlock']);
    expect(peer.context.condemned).toEqual(new Set([chain.hash(forged.header)]));
    expect(peer.context.sessions.get('b')?.open).toBe(true);
  });

  it('fetches an announced block from one announcer, and from the next when the first is silent', () => {
    const [block] = mined(1) as [Block];
    const announcement = { type: 'NewBlockHashes', blocks: [{ hash: chain.hash(block.header), number: 1 }] };
    const peer = new Peer()
      .meet('b')
      .meet('c')
      .hear({ ...announcement, from: 'b' })
      .hear({ ...announcement, from: 'c' });
    expect(peer.fire('arriveMs.eth.peer.fetcher.arriving').effects).toMatchObject([{ to: 'b', message: { type: 'GetBlockHeaders' } }]);
    expect(peer.fire('fetchMs.eth.peer.fetcher.header').effects).toMatchObject([{ to: 'c', message: { type: 'GetBlockHeaders' } }]);
    const { id } = peer.message('GetBlockHeaders');
    peer.hear({ type: 'BlockHeaders', id, headers: [block.header], from: 'c' });
    const bodies = peer.message('GetBlockBodies');
    peer.hear({ type: 'BlockBodies', id: bodies.id, bodies: [block.body], from: 'c' });
    expect(peer.rules).toEqual(['ETH-32', 'ETH-24', 'ETH-13', 'ETH-15'].filter((rule) => peer.rules.includes(rule)));
    expect(peer.context.kept.head.number).toBe(1);
  });

  it('downloads headers, then bodies, from a peer with more, in batches', () => {
    const blocks = mined(4);
    const bodyOf = new Map(blocks.map((block) => [chain.hash(block.header), block.body]));
    const peer = new Peer().meet('b', { totalDifficulty: 1_000n });
    const ancestor = peer.message('GetBlockHeaders');
    expect(ancestor).toMatchObject({ start: 0, reverse: true });
    peer.hear({ type: 'BlockHeaders', id: ancestor.id, headers: [domain.genesis.header], from: 'b' });
    for (let from = 1; from <= 4; from += 3) {
      const asked = peer.message('GetBlockHeaders');
      expect(asked.start).toBe(from);
      peer.hear({ type: 'BlockHeaders', id: asked.id, headers: blocks.slice(from - 1, from + 2).map((block) => block.header), from: 'b' });
      const { id, hashes } = peer.message('GetBlockBodies');
      peer.hear({ type: 'BlockBodies', id, bodies: hashes.flatMap((hash) => bodyOf.get(hash) ?? []), from: 'b' });
    }
    expect(peer.context.kept.head.number).toBe(4);
    expect(peer.sent).toContain('persist');
  });

  it('gives up a source that promised more than it serves', () => {
    const peer = new Peer().meet('b', { totalDifficulty: 1_000n });
    for (let times = 0; times < domain.limits.strikes; times++) peer.fire('serveMs.eth.peer.sync.locating');
    expect(peer.sent).toEqual(['Disconnect']);
    expect(peer.context.parted).toEqual(new Set(['b']));
    expect(peer.fire('forceSyncMs.eth.peer.sync.idle').sent).toEqual(['Status']);
  });

  it('takes a transaction from a wallet, sends it on once, and answers with its hash', () => {
    const transaction = { from: 'alice', to: 'bob', amount: 1n, nonce: 0 };
    const peer = new Peer()
      .meet('b')
      .meet('c')
      .hear({ type: 'Request', id: 3, call: { type: 'sendTransaction', transaction }, from: 'w' });
    expect(peer.sent).toEqual(['Transactions', 'NewPooledTransactionHashes', 'Response']);
    expect(peer.hear({ type: 'Transactions', transactions: [transaction], from: 'b' }).sent).toEqual([]);
    peer.hear({ type: 'Request', id: 4, call: { type: 'getBalance', address: 'alice' }, from: 'w' });
    expect(peer.effects).toMatchObject([{ type: 'reply', message: { id: 4, result: { ok: true, value: 10n } } }]);
  });

  it('begins, after a restart, with the chain that it had stored', () => {
    const peer = new Peer().meet('b').hear({ ...newBlock(mined(1)[0] as Block), from: 'b' });
    const stored = peer.effects.find((effect) => effect.type === 'persist');
    const again = stepper.start({ stored: { chain: (stored as unknown as { readonly value: never }).value }, params: null });
    expect((again.snapshot.context as PeerContext).kept.head.number).toBe(1);
  });
});
