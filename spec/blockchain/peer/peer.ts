import type { BlockchainDomain } from '../domain.ts';
import { type Kept, keptKey } from './context.ts';
import { fetchActions, fetchGuards } from './fetch.ts';
import { keptFromGenesis } from './kept-chain.ts';
import { poolActions, poolGuards } from './pool.ts';
import { relayActions, relayGuards } from './relay.ts';
import { rules } from './rules.ts';
import { serveActions } from './serve.ts';
import { sessionActions, sessionGuards } from './sessions.ts';
import { syncActions, syncGuards } from './sync.ts';
import { vocabulary } from './vocabulary.ts';

/** On datagrams nobody says that a link was made, so a peer that is told so by its params greets its neighbours itself. */
const helloIn = (params: unknown): boolean => (params as { readonly hello?: boolean } | null)?.hello === true;

/**
 * Peer: client and server at once. It keeps and verifies a chain, passes blocks and transactions on, downloads what it lacks,
 * and serves what it has. Source: devp2p eth/68, with the limits of Core Geth.
 */
export const peerOver = (domain: BlockchainDomain) =>
  vocabulary
    .extend({
      delays: {
        arriveMs: domain.limits.arriveMs,
        fetchMs: domain.limits.fetchMs,
        serveMs: domain.limits.serveMs,
        forceSyncMs: domain.limits.forceSyncMs,
      },
      guards: { ...sessionGuards(domain), ...relayGuards(domain), ...fetchGuards(domain), ...syncGuards(domain), ...poolGuards(domain) },
      actions: {
        ...sessionActions(domain),
        ...relayActions(domain),
        ...fetchActions(domain),
        ...syncActions(domain),
        ...poolActions(domain),
        ...serveActions(domain),
        seekMore: vocabulary.raise({ type: 'behind' }),
      },
    })
    .createMachine({
      id: 'eth.peer',
      options: { maxIterations: 200 },
      type: 'parallel',
      entry: 'sayHello',
      context: ({ input }) => ({
        kept: (input.stored[keptKey] as Kept | undefined) ?? keptFromGenesis(domain),
        condemned: new Set(),
        sessions: new Map(),
        strikes: new Map(),
        parted: new Set(),
        barred: new Set(),
        pool: new Map(),
        wanted: new Map(),
        fetch: null,
        offered: new Map(),
        transactionFetch: null,
        sync: null,
        outcome: null,
        mining: false,
        hello: helloIn(input.params),
        nextId: 0,
      }),
      states: {
        sessions: {
          description: 'Who is in touch with this peer: greeted with Status, left for invalid blocks or silence.',
          initial: 'alone',
          on: {
            connected: { actions: ['welcome', 'sayStatus'], meta: rules.greet },
            disconnected: { actions: 'forgetNeighbour', meta: rules.left },
            Disconnect: { guard: 'inSession', actions: 'closeSession', meta: rules.disconnected },
            Status: [
              { guard: 'isBarred', meta: rules.barred },
              { guard: 'isIncompatible', actions: 'refuseSession', meta: rules.incompatible },
              { guard: 'wasNotGreeted', actions: ['sayStatus', 'openSession', 'offerPool', 'seekMore'], meta: rules.answerStatus },
              { actions: ['openSession', 'announceSince', 'offerPool', 'seekMore'], meta: rules.open },
            ],
          },
          states: {
            alone: { description: 'No session is active.', always: { guard: 'hasSession', target: 'inTouch', meta: rules.someSession } },
            inTouch: { description: 'At least one session is active.', always: { guard: 'hasNoSession', target: 'alone', meta: rules.noSession } },
          },
        },

        blocks: {
          description: 'Blocks that come whole, from peers, from the fetcher or from the miner.',
          initial: 'watching',
          states: {
            watching: {
              description: 'The chain is as it was stored.',
              entry: 'clearOutcome',
              on: {
                NewBlock: [
                  { guard: 'isStranger', meta: rules.barred },
                  { guard: 'knowsBlock', actions: 'noteHolder', meta: rules.knownBlock },
                  { guard: 'isCondemned', actions: 'noteHolder', meta: rules.knownBlock },
                  { guard: 'lacksParent', actions: ['noteHolder', 'noteAhead', 'seekMore'], meta: rules.farBlock },
                  { guard: 'breaksHeaderRule', actions: ['condemn', 'barSender'], meta: rules.badHeader },
                  { guard: 'carriesAnotherBody', actions: ['blameBody', 'barSender'], meta: rules.wrongBody },
                  { target: 'importing', actions: ['noteHolder', 'passOnWhole'], meta: rules.passOn },
                ],
                fetched: [
                  { guard: 'knowsBlock', meta: rules.arrived },
                  { target: 'importing', actions: 'passOnWhole', meta: rules.passOn },
                ],
                Found: [
                  { guard: 'knowsBlock', meta: rules.knownBlock },
                  { guard: 'lacksParent', meta: rules.knownBlock },
                  { guard: 'breaksHeaderRule', meta: rules.badHeader },
                  { target: 'importing', actions: 'passOnWhole', meta: rules.ownBlock },
                ],
              },
            },
            importing: {
              description: 'The block is executed, and its state compared with what its header commits to.',
              entry: 'importBlock',
              always: [
                {
                  guard: 'becameHead',
                  target: 'watching',
                  actions: ['store', 'announceToRest', 'passOnTransactions', 'tellMiner'],
                  meta: rules.newHead,
                },
                { guard: 'becameSide', target: 'watching', actions: ['store', 'announceToRest', 'tellMiner'], meta: rules.sideBlock },
                { target: 'watching', actions: 'blame', meta: rules.guiltyBlock },
              ],
            },
          },
        },

        fetcher: {
          description: 'Blocks of which only the hash was announced, one at a time.',
          initial: 'idle',
          on: { NewBlockHashes: { guard: 'inSession', actions: ['noteAnnounced', 'seekMore'], meta: rules.announced } },
          states: {
            idle: { description: 'Nothing was announced that is not here.', always: { guard: 'wantsBlock', target: 'arriving', meta: rules.await } },
            arriving: {
              description: 'An announced block may still arrive whole.',
              always: { guard: 'wantsNoBlock', target: 'idle', meta: rules.arrived },
              after: { arriveMs: { target: 'choosing', meta: rules.fetch } },
            },
            choosing: {
              description: 'The lowest block that is wanted, and who announced it first.',
              entry: 'chooseAnnouncer',
              always: [
                { guard: 'wantsNoBlock', target: 'idle', meta: rules.fetched },
                { target: 'header', meta: rules.fetch },
              ],
            },
            header: {
              description: 'Its header has been asked of an announcer.',
              entry: 'askHeader',
              always: { guard: 'fetchIsMoot', target: 'choosing', meta: rules.arrived },
              on: {
                BlockHeaders: [
                  { guard: 'headerIsMissing', target: 'choosing', actions: ['strikeAnnouncer', 'dropAnnouncer'], meta: rules.noHeader },
                  { guard: 'headerIsAnother', target: 'choosing', actions: ['barAnnouncer', 'dropAnnouncer'], meta: rules.otherHeader },
                  { guard: 'headerLacksParent', target: 'choosing', actions: ['leaveToSync', 'seekMore'], meta: rules.orphanHeader },
                  { guard: 'headerIsInvalid', target: 'choosing', actions: ['condemnFetched', 'barAnnouncer'], meta: rules.invalidHeader },
                  { guard: 'headerIsSound', target: 'body', actions: 'keepHeader', meta: rules.header },
                ],
              },
              after: { fetchMs: { target: 'choosing', actions: ['strikeAnnouncer', 'dropAnnouncer'], meta: rules.silent } },
            },
            body: {
              description: 'Its header is sound; its body has been asked for.',
              entry: 'askBody',
              always: { guard: 'fetchIsMoot', target: 'choosing', meta: rules.arrived },
              on: {
                BlockBodies: [
                  { guard: 'bodyIsMissing', target: 'choosing', actions: ['strikeAnnouncer', 'dropAnnouncer'], meta: rules.noBody },
                  { guard: 'bodyIsAnother', target: 'choosing', actions: ['barAnnouncer', 'dropAnnouncer'], meta: rules.otherBody },
                  { guard: 'bodyMatches', target: 'choosing', actions: ['completeBlock', 'forgetFetch'], meta: rules.body },
                ],
              },
              after: { fetchMs: { target: 'choosing', actions: ['strikeAnnouncer', 'dropAnnouncer'], meta: rules.silent } },
            },
          },
        },

        sync: {
          description: 'The download of a chain with more total difficulty: headers first, then bodies from several peers.',
          initial: 'idle',
          states: {
            idle: {
              description: 'No peer is known to have more.',
              on: { behind: { guard: 'someoneHasMore', target: 'locating', actions: 'chooseSource', meta: rules.behind } },
              after: {
                forceSyncMs: [
                  { guard: 'someoneHasMore', target: 'locating', actions: ['greetAgain', 'sayHello', 'chooseSource'], meta: rules.forceSync },
                  { target: 'idle', reenter: true, actions: ['greetAgain', 'sayHello'], meta: rules.greetAgain },
                ],
              },
            },
            locating: {
              description: 'Looks for the last block that both have.',
              entry: 'askAncestor',
              always: { guard: 'sourceIsGone', target: 'ended', meta: rules.sourceGone },
              on: {
                BlockHeaders: [
                  { guard: 'ancestorIsFound', target: 'headers', actions: 'keepAncestor', meta: rules.ancestor },
                  { guard: 'ancestorIsLower', target: 'locating', reenter: true, actions: 'lookLower', meta: rules.lower },
                  { guard: 'hasNoAncestor', target: 'ended', actions: 'barSource', meta: rules.noAncestor },
                ],
              },
              after: { serveMs: { target: 'ended', actions: 'strikeSource', meta: rules.slow } },
            },
            headers: {
              description: 'A batch of headers has been asked of the source.',
              entry: 'askHeaders',
              always: { guard: 'sourceIsGone', target: 'ended', meta: rules.sourceGone },
              on: {
                BlockHeaders: [
                  { guard: 'headersEnd', target: 'finishing', meta: rules.headersEnd },
                  { guard: 'headersStartElsewhere', target: 'ended', actions: 'strikeSource', meta: rules.moved },
                  { guard: 'headersAreInvalid', target: 'ended', actions: 'barSource', meta: rules.badHeaders },
                  { guard: 'headersAreSound', target: 'bodies', actions: 'keepHeaders', meta: rules.headers },
                ],
              },
              after: { serveMs: { target: 'ended', actions: 'strikeSource', meta: rules.slow } },
            },
            bodies: {
              description: 'The bodies of the batch have been asked of all who may have them.',
              entry: 'askBodies',
              always: [
                { guard: 'hasAllBodies', target: 'executing', meta: rules.complete },
                { guard: 'sourceIsGone', target: 'ended', meta: rules.sourceGone },
                { guard: 'nobodyServes', target: 'ended', actions: 'strikeSource', meta: rules.slow },
              ],
              on: {
                BlockBodies: [
                  { guard: 'bodiesAreOthers', actions: ['barBodyServer', 'askBodies'], meta: rules.otherBodies },
                  { guard: 'bodiesMatch', actions: ['keepBodies', 'askBodies'], meta: rules.bodies },
                ],
              },
              after: { serveMs: { target: 'bodies', reenter: true, actions: 'strikeSilent', meta: rules.slow } },
            },
            executing: {
              description: 'The batch is executed, block by block.',
              entry: 'importBatch',
              always: [
                {
                  guard: 'batchWasRefused',
                  target: 'ended',
                  actions: ['condemnRefused', 'barSource', 'store', 'clearOutcome'],
                  meta: rules.badBatch,
                },
                { guard: 'batchWasFull', target: 'headers', actions: ['store', 'clearOutcome'], meta: rules.nextBatch },
                { target: 'finishing', actions: ['store', 'clearOutcome'], meta: rules.headersEnd },
              ],
            },
            finishing: {
              description: 'The source has served all that it has.',
              always: [
                { guard: 'promiseWasKept', target: 'ended', meta: rules.headersEnd },
                { target: 'ended', actions: 'strikeSource', meta: rules.stalling },
              ],
            },
            ended: {
              description: 'The download is over; if another peer has more, the next begins.',
              exit: 'endSync',
              always: [
                { guard: 'hasMovedHead', target: 'idle', actions: ['announceHead', 'passOnTransactions', 'tellMiner', 'seekMore'], meta: rules.done },
                { target: 'idle', actions: 'seekMore', meta: rules.unfinished },
              ],
            },
          },
        },

        pool: {
          description: 'Transactions that wait for a block.',
          initial: 'idle',
          on: {
            Transactions: [
              { guard: 'isUnheard', meta: rules.barred },
              { guard: 'bringsNews', actions: ['noteSender', 'takeTransactions', 'passOnTransactions', 'tellMiner'], meta: rules.transactions },
              { actions: 'noteSender', meta: rules.staleTransactions },
            ],
            NewPooledTransactionHashes: { guard: 'inSession', actions: ['noteSender', 'noteOffered'], meta: rules.offered },
          },
          states: {
            idle: {
              description: 'No announced transaction is missing.',
              always: { guard: 'wantsTransactions', target: 'asking', meta: rules.fetchTransactions },
            },
            asking: {
              description: 'Announced transactions have been asked of one peer.',
              entry: ['chooseOffer', 'askTransactions'],
              always: { guard: 'transactionFetchIsMoot', target: 'idle', actions: 'dropOffer', meta: rules.offererGone },
              on: {
                PooledTransactions: [
                  { guard: 'poolAnswerIsAnother', target: 'idle', actions: ['barOfferer', 'dropOffer'], meta: rules.otherPooled },
                  {
                    guard: 'poolAnswers',
                    target: 'idle',
                    actions: ['noteSender', 'takeTransactions', 'dropOffer', 'passOnTransactions', 'tellMiner'],
                    meta: rules.pooled,
                  },
                ],
              },
              after: { fetchMs: { target: 'idle', actions: ['strikeOfferer', 'postponeOffer'], meta: rules.slowPooled } },
            },
          },
        },

        serving: {
          description: 'Answers peers and wallets; it waits for their requests.',
          tags: 'rest',
          on: {
            GetBlockHeaders: { guard: 'inSession', actions: 'serveHeaders', meta: rules.serveHeaders },
            GetBlockBodies: { guard: 'inSession', actions: 'serveBodies', meta: rules.serveBodies },
            GetPooledTransactions: { guard: 'inSession', actions: ['servePooled', 'noteUnserved'], meta: rules.servePooled },
            Request: [
              { guard: 'submits', actions: ['poolSubmitted', 'passOnTransactions', 'answerWallet', 'tellMiner'], meta: rules.submitted },
              { actions: 'answerWallet', meta: rules.serveWallet },
            ],
            GetWork: { actions: ['noteMiner', 'tellMiner'], meta: rules.giveWork },
          },
        },
      },
    });
