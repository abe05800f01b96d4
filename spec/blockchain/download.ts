import { mesh } from '../../model/network/topology.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { type HostType, namedHost, type ScenarioType } from '../../model/protocol/scenario.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import { requestResponseMessages } from '../request-response/messages.ts';
import type { Body, Cell, Chain, Header } from './chain.ts';
import { type BlockchainDomain, coreGethLimits, over } from './domain.ts';
import { messages } from './messages.ts';
import { type Kept, keptKey } from './peer/context.ts';
import { type BlockchainRoles, rolesOver } from './protocol.ts';

/** What a download is of: a chain and what a peer keeps that has all of it. */
export type Held = { readonly chain: Chain; readonly kept: Kept };

/** The scenarios over the chain of a file. */
export const downloads = ['download', 'downloadOverDatagrams'] as const;
export type DownloadName = (typeof downloads)[number];

/** Peers that hold the whole chain, and the one that joins. */
export const holders = ['ann', 'ben', 'cas'] as const;
export const joiner = 'dan';

const copied = (header: Header): Header => (header instanceof Uint8Array ? header.slice() : header);
const copiedBody = ({ transactions, ommers }: Body): Body => ({ transactions, ommers: ommers.map(copied) });

/**
 * The same chain in bytes that nobody has looked at. What is read from a header is remembered for its array of bytes, and
 * whoever verified the file has read them all; the peer that joins is to decode, hash and check each header itself.
 */
export const unread = ({ head, ...kept }: Kept): Kept => {
  const cells: Cell[] = [];
  for (let at: Cell | null = head; at !== null; at = at.parent) cells.push(at);
  let parent: Cell | null = null;
  for (const cell of cells.reverse()) parent = { ...cell, header: copied(cell.header), body: copiedBody(cell.body), parent };
  return { ...kept, head: parent ?? head };
};

/** Rounds of settling in which a download that faults have kept from beginning is done: some eight for each batch. */
const roundsFor = (blocks: number): number => 200 + 8 * Math.ceil(blocks / coreGethLimits.headerBatch);

/** The situations in which a chain is downloaded. */
const scenariosOf = ({ kept }: Held) => {
  // One copy serves all runs, because copying 8,192 blocks for each would cost as much as downloading them.
  let copy: Kept | null = null;
  const stored = () => ({ peer: { [keptKey]: (copy ??= unread(kept)) } });
  const holding = (name: string, more: Partial<HostType> = {}): HostType => namedHost(name, ['peer'], { ...more, stored });
  const steps = 40 * Math.ceil(kept.head.number / coreGethLimits.headerBatch) + 2_000;
  const bounds = { steps, fires: 1_000, rounds: roundsFor(kept.head.number) };
  const timed = { latencyMs: [10, 120], commandEveryMs: 60_000, faultEveryMs: 600, endMs: 120_000 } as const;
  const hello = { params: { peer: { hello: true } } };
  return {
    download: {
      doc: 'A peer joins three that hold the whole chain, over connections that are cut, broken and held back; hosts pause and crash.',
      domain: 'real',
      hosts: [...holders.map((name) => holding(name)), namedHost(joiner, ['peer'], { off: true })],
      network: { link: 'connection', topology: mesh() },
      faults: { join: 1, partition: 4, break: 8, hold: 8, pause: 2, crash: 2 },
      timed,
      bounds,
    },
    downloadOverDatagrams: {
      doc: 'The same over datagrams that get lost, come twice and overtake each other.',
      domain: 'real',
      hosts: [...holders.map((name) => holding(name, hello)), namedHost(joiner, ['peer'], hello)],
      network: { link: 'datagram', topology: mesh() },
      faults: { partition: 3, drop: 20, duplicate: 20, pause: 2 },
      timed,
      bounds,
    },
  } satisfies Record<DownloadName, ScenarioType>;
};

/** Ethereum Classic's network over a real chain: the same roles and messages, with the limits of Core Geth. */
export const downloadOf = (held: Held): Protocol<BlockchainRoles, BlockchainDomain, DownloadName> =>
  defineProtocol({
    id: 'blockchain',
    doc: 'A peer that joins downloads a real chain and checks every block of it.',
    source: 'devp2p eth/68, Chain Synchronization; Core Geth, eth/downloader',
    messages: { ...messages, ...requestResponseMessages },
    domains: { real: over(held.chain, coreGethLimits) },
    roles: rolesOver,
    scenarios: scenariosOf(held),
  });
