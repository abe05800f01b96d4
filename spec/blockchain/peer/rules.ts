import type { Rule } from '../../../model/role/rule.ts';

const eth = (section: string): string => `devp2p eth/68, ${section}`;
const geth = (file: string): string => `Core Geth, ${file}`;

/** The rules that a peer keeps, each with its source. */
export const rules = {
  greet: { rule: 'ETH-1', source: eth('Basic Operation'), says: 'A Status is sent as soon as the connection is established.' },
  open: {
    rule: 'ETH-2',
    source: eth('Status (0x00)'),
    says: 'With the Status of a compatible peer the session is active, and begins with the hashes of the pool.',
  },
  answerStatus: { rule: 'ETH-3', source: eth('Basic Operation'), says: 'A peer that was not greeted yet is answered with a Status.' },
  incompatible: {
    rule: 'ETH-4',
    source: 'EIP-2124; devp2p eth/68, Status (0x00)',
    says: 'A peer of another network, genesis, version or fork is left.',
  },
  barred: { rule: 'ETH-5', source: 'devp2p RLPx, Disconnect (0x01)', says: 'Whoever broke the protocol is not heard until it connects anew.' },
  left: {
    rule: 'ETH-6',
    source: 'devp2p RLPx, Disconnect (0x01)',
    says: 'A broken connection ends the session, and what was held against the peer is forgotten.',
  },
  disconnected: { rule: 'ETH-7', source: 'devp2p RLPx, Disconnect (0x01)', says: 'A Disconnect ends the session.' },
  someSession: { rule: 'ETH-8', source: eth('Basic Operation'), says: 'The peer is in touch while a session is active.' },
  noSession: { rule: 'ETH-9', source: eth('Basic Operation'), says: 'Without an active session it is alone.' },

  knownBlock: { rule: 'ETH-10', source: eth('Block Propagation'), says: 'A block that is known, or known to be bad, is not passed on again.' },
  farBlock: { rule: 'ETH-11', source: eth('Block Propagation'), says: 'A block that does not follow a known one starts a synchronisation.' },
  badHeader: { rule: 'ETH-12', source: eth('Block Encoding and Validity'), says: 'Peers that send invalid blocks are disconnected.' },
  passOn: {
    rule: 'ETH-13',
    source: eth('Block Propagation'),
    says: 'After the check of header and proof of work, the whole block goes to about the square root of the peers.',
  },
  ownBlock: { rule: 'ETH-14', source: 'Nakamoto 2008, section 5, step 4', says: 'A node that finds a proof of work sends the block on.' },
  newHead: {
    rule: 'ETH-15',
    source: 'Nakamoto 2008, section 5, steps 5-6; devp2p eth/68, Block Propagation',
    says: 'A valid block with more total difficulty becomes the head; it is stored, then announced to the rest.',
  },
  sideBlock: {
    rule: 'ETH-16',
    source: 'yellow paper, section 10; devp2p eth/68, Block Propagation',
    says: 'A valid block with no more total difficulty is kept beside the chain, and announced.',
  },
  guiltyBlock: {
    rule: 'ETH-17',
    source: eth('Block Propagation'),
    says: 'A block whose execution does not give its state root is refused and remembered as bad; who passed it on need not have executed it.',
  },
  wrongBody: {
    rule: 'ETH-18',
    source: 'CVE-2012-2459; devp2p eth/68, Block Encoding and Validity',
    says: 'With a body that the header does not commit to, the sender is disconnected, but the hash is not remembered as bad.',
  },
  giveWork: { rule: 'ETH-19', source: 'Ethereum JSON-RPC, eth_getWork', says: 'A miner on this host is told the head, and every new one.' },

  announced: {
    rule: 'ETH-20',
    source: eth('NewBlockHashes (0x01)'),
    says: 'Announced blocks are noted, for each peer in a bounded number, and only near the head.',
  },
  await: {
    rule: 'ETH-21',
    source: geth('eth/fetcher/block_fetcher.go, arriveTimeout'),
    says: 'An announced block often arrives whole: it is waited for, before it is asked for.',
  },
  arrived: { rule: 'ETH-22', source: geth('eth/fetcher/block_fetcher.go, forgetHash'), says: 'A block that has arrived needs not be fetched.' },
  fetch: { rule: 'ETH-23', source: eth('Block Propagation'), says: 'A block that did not arrive is asked of one of its announcers.' },
  fetched: { rule: 'ETH-24', source: geth('eth/fetcher/block_fetcher.go, loop'), says: 'Nothing is left to fetch.' },
  noHeader: {
    rule: 'ETH-25',
    source: eth('NewBlockHashes (0x01)'),
    says: 'An announcer that does not honour its announcement loses reputation, and the next one is asked.',
  },
  otherHeader: {
    rule: 'ETH-26',
    source: geth('eth/fetcher/block_fetcher.go, errInvalid header'),
    says: 'An announcer that answers with another header is disconnected, and the next one is asked.',
  },
  orphanHeader: { rule: 'ETH-27', source: eth('Block Propagation'), says: 'A header whose parent is missing leads to a synchronisation.' },
  invalidHeader: {
    rule: 'ETH-28',
    source: eth('Block Encoding and Validity'),
    says: 'A header that breaks a rule condemns its hash and its announcer.',
  },
  header: { rule: 'ETH-29', source: geth('eth/fetcher/block_fetcher.go, headerFilter'), says: 'With a sound header, the body is asked for.' },
  noBody: {
    rule: 'ETH-30',
    source: eth('GetBlockBodies (0x05)'),
    says: 'An announcer without the body loses reputation, and the next one is asked.',
  },
  otherBody: {
    rule: 'ETH-31',
    source: 'CVE-2024-52921; devp2p eth/68, Block Encoding and Validity',
    says: 'A body that does not match condemns its sender, not the block: the next announcer is asked.',
  },
  body: {
    rule: 'ETH-32',
    source: geth('eth/fetcher/block_fetcher.go, bodyFilter'),
    says: 'A complete block goes the way of a block that came whole.',
  },
  silent: {
    rule: 'ETH-33',
    source: geth('eth/fetcher/block_fetcher.go, fetchTimeout'),
    says: 'An announcer that does not answer in time loses reputation, and the next one is asked.',
  },

  behind: { rule: 'ETH-40', source: eth('Chain Synchronization'), says: 'The side with the lower total difficulty downloads.' },
  forceSync: { rule: 'ETH-41', source: geth('eth/sync.go, forceSyncCycle'), says: 'Every ten seconds a download is tried, whatever was announced.' },
  greetAgain: {
    rule: 'ETH-42',
    source: geth('p2p/dial.go, dialHistoryExpiration'),
    says: 'Peers that were given up for being slow are greeted again.',
  },
  ancestor: {
    rule: 'ETH-43',
    source: geth('eth/downloader/downloader.go, findAncestor'),
    says: 'The download begins after the last block that both have.',
  },
  lower: {
    rule: 'ETH-44',
    source: geth('eth/downloader/downloader.go, findAncestor'),
    says: 'Where none of these headers is known, lower ones are asked for.',
  },
  noAncestor: {
    rule: 'ETH-45',
    source: geth('eth/downloader/downloader.go, errInvalidAncestor'),
    says: 'A peer that does not even share the genesis block is disconnected.',
  },
  headersEnd: { rule: 'ETH-46', source: geth('eth/downloader/downloader.go, processHeaders'), says: 'No more headers: the download is complete.' },
  moved: {
    rule: 'ETH-47',
    source: geth('eth/downloader/downloader.go, fetchHeaders'),
    says: 'The source has changed its chain meanwhile: the download begins anew.',
  },
  badHeaders: { rule: 'ETH-48', source: eth('Block Encoding and Validity'), says: 'Headers that do not form a valid chain condemn their source.' },
  headers: {
    rule: 'ETH-49',
    source: eth('Chain Synchronization'),
    says: 'Headers are verified when they come; then their bodies are fetched, from several peers.',
  },
  otherBodies: {
    rule: 'ETH-50',
    source: eth('Block Encoding and Validity'),
    says: 'A body that matches none of the headers condemns its sender; the others go on.',
  },
  bodies: { rule: 'ETH-51', source: eth('BlockBodies (0x06)'), says: 'What one peer did not serve is asked of another.' },
  complete: { rule: 'ETH-52', source: eth('Chain Synchronization'), says: 'With all bodies, the blocks are executed.' },
  slow: {
    rule: 'ETH-53',
    source: geth('eth/downloader/downloader.go, dropPeer'),
    says: 'A peer that does not serve in time loses reputation; what it was asked is asked of others.',
  },
  badBatch: {
    rule: 'ETH-54',
    source: geth('eth/downloader/downloader.go, errInvalidChain'),
    says: 'A block that fails its execution condemns the source; the valid ones before it stay.',
  },
  nextBatch: { rule: 'ETH-55', source: eth('Chain Synchronization'), says: 'After a full batch the next is asked for.' },
  done: {
    rule: 'ETH-56',
    source: geth('eth/handler.go, enableSyncedFeatures'),
    says: 'After a download the new head is announced to those who may lack it.',
  },
  unfinished: {
    rule: 'ETH-59',
    source: geth('eth/sync.go, chainSyncer.loop'),
    says: 'A download that brought nothing ends; if another peer has more, the next begins.',
  },
  stalling: {
    rule: 'ETH-57',
    source: geth('eth/downloader/downloader.go, errStallingPeer'),
    says: 'A source that claimed more than it served has broken its promise.',
  },
  sourceGone: {
    rule: 'ETH-58',
    source: geth('eth/downloader/downloader.go, errCancelStateFetch'),
    says: 'Without its source a download ends; another source may be found.',
  },

  transactions: {
    rule: 'ETH-60',
    source: eth('Transaction Exchange'),
    says: 'Valid new transactions are kept, and sent on once to every peer that lacks them.',
  },
  staleTransactions: {
    rule: 'ETH-61',
    source: eth('Transaction Encoding and Validity'),
    says: 'Invalid transactions are dropped, and nobody is disconnected for them.',
  },
  offered: { rule: 'ETH-62', source: eth('NewPooledTransactionHashes (0x08)'), says: 'Announced transactions that are not in the pool are noted.' },
  fetchTransactions: {
    rule: 'ETH-63',
    source: eth('GetPooledTransactions (0x09)'),
    says: 'Announced transactions are asked of one of those who announced them.',
  },
  pooled: {
    rule: 'ETH-64',
    source: eth('PooledTransactions (0x0a)'),
    says: 'The answer is taken as far as it goes; what is missing is asked of another.',
  },
  otherPooled: {
    rule: 'ETH-65',
    source: geth('eth/fetcher/tx_fetcher.go, Enqueue'),
    says: 'Transactions that were not asked for are no answer: their sender is disconnected.',
  },
  slowPooled: {
    rule: 'ETH-66',
    source: geth('eth/fetcher/tx_fetcher.go, txFetchTimeout'),
    says: 'Who does not answer in time loses reputation; another is asked.',
  },
  offererGone: { rule: 'ETH-67', source: geth('eth/fetcher/tx_fetcher.go, Drop'), says: 'With the session ends what was asked in it.' },

  serveHeaders: { rule: 'ETH-70', source: eth('GetBlockHeaders (0x03)'), says: 'Headers of the canonical chain are served, at most so many.' },
  serveBodies: { rule: 'ETH-71', source: eth('GetBlockBodies (0x05)'), says: 'Bodies of known blocks are served, in order, at most so many.' },
  servePooled: { rule: 'ETH-72', source: eth('GetPooledTransactions (0x09)'), says: 'Transactions of the pool are served, in order, with gaps.' },
  serveWallet: {
    rule: 'ETH-73',
    source: 'Ethereum JSON-RPC, eth_getBalance, eth_getTransactionReceipt',
    says: 'Wallets are answered from the chain.',
  },
  submitted: {
    rule: 'ETH-74',
    source: 'Ethereum JSON-RPC, eth_sendRawTransaction',
    says: 'A transaction that a wallet submits goes into the pool and on to others, and is then answered with its hash.',
  },
} as const satisfies Record<string, Rule>;
