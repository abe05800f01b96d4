import { defineProtocol } from '../../model/protocol/define.ts';
import { command, role } from '../../model/role/role.ts';
import { requestResponseMessages } from '../request-response/messages.ts';
import { abstractChain } from './chains/abstract.ts';
import { exactChain } from './chains/exact.ts';
import { type BlockchainDomain, over, shortLimits } from './domain.ts';
import { liarOver, onceGreeted, trickValues } from './liar.ts';
import { messages } from './messages.ts';
import { type MinerContext, minerOver } from './miner.ts';
import { peerSchema } from './peer/context.ts';
import { peerOver } from './peer/peer.ts';
import { scenarios } from './scenarios.ts';
import { stallerOver } from './staller.ts';
import { questionsNow, transfers, walletOver } from './wallet.ts';

const onceAtWork = ({ context }: { readonly context: MinerContext }) => (context.work === null ? [] : [{}]);

const adversaries = ['staller', 'liar'];

/** The roles over a chain and the choices of a client; one text for every instance. */
export const rolesOver = (domain: BlockchainDomain) => {
  const [peer, miner, wallet, staller, liar] = [peerOver(domain), minerOver(domain), walletOver(domain), stallerOver(domain), liarOver(domain)];
  return {
    peer: role(peer, {
      doc: 'Keeps and verifies the chain; passes on, downloads and serves blocks and transactions.',
      talksTo: ['peer', ...adversaries],
      context: peerSchema,
    }),
    miner: role(miner, {
      doc: 'Makes blocks over the head that the peer on its host tells it.',
      talksTo: [],
      commands: {
        find: command<typeof miner>({ doc: 'A proof of work is found.', timed: true, values: onceAtWork }),
        persevere: command<typeof miner>({ doc: 'A proof of work is found, as it must be in time.', timed: true, fair: true, values: onceAtWork }),
      },
    }),
    wallet: role(wallet, {
      doc: 'Submits transactions to a peer, and asks it for balance, receipt and head.',
      talksTo: ['peer'],
      commands: {
        send: command<typeof wallet>({ doc: 'Submits a transaction.', values: transfers(domain) }),
        ask: command<typeof wallet>({
          doc: 'Asks for the balance, the head, or the receipt of the last transaction; a user asks again and again.',
          values: questionsNow,
          fair: true,
        }),
      },
    }),
    staller: role(staller, { doc: 'An adversary: promises the longest chain and serves nothing.', talksTo: ['peer', ...adversaries] }),
    liar: role(liar, {
      doc: 'An adversary: sends blocks that break one rule, wrong bodies and wrong weights.',
      talksTo: ['peer', ...adversaries],
      commands: {
        lie: command<typeof liar>({
          doc: 'Makes a block that breaks one rule, and sends it or keeps it for those who ask.',
          values: onceGreeted(...trickValues),
        }),
        mine: command<typeof liar>({
          doc: 'Makes a true block, and tells its weight truly or not.',
          timed: true,
          values: onceGreeted({ honestly: true }, { honestly: false }),
        }),
        deceive: command<typeof liar>({
          doc: 'Makes a true block, and sends it to one neighbour with a wrong body.',
          values: ({ context }) => (context.neighbours.length < 2 ? [] : [{}]),
        }),
        announce: command<typeof liar>({ doc: 'Announces its head by hash.', values: onceGreeted({}) }),
        pose: command<typeof liar>({ doc: 'Says that it belongs to another network.', values: onceGreeted({}) }),
        flood: command<typeof liar>({ doc: 'Announces blocks that are none, and sends transactions that cannot be mined.', values: onceGreeted({}) }),
      },
    }),
  };
};

export type BlockchainRoles = ReturnType<typeof rolesOver>;

/** The chains of which the suites speak. */
export const exact = exactChain();
export const abstract = abstractChain();

/** Ethereum Classic's network: peers that keep one chain, miners that make it, wallets that use it. */
export const blockchain = defineProtocol({
  id: 'blockchain',
  doc: 'Peers keep one chain of blocks: they pass transactions and blocks on, download what they lack, and leave a chain only for more work.',
  source: 'devp2p eth/68; Nakamoto 2008; yellow paper; ECIP-1017',
  messages: { ...messages, ...requestResponseMessages },
  domains: { exact: over(exact), abstract: over(abstract), shortMemory: over(abstract, shortLimits) },
  roles: rolesOver,
  scenarios,
});
