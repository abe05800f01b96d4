import { defineProperty, type InFlight } from '../../model/property/property.ts';
import type { Message } from '../../model/role/effect.ts';
import type { EthMessage } from '../../spec/blockchain/messages.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { everyWorld } from '../../spec/blockchain/scenarios.ts';
import { showPeer } from './sight.ts';
import { chainFor } from './truth.ts';

/** The blocks and transactions that a message gives or announces. */
const newsIn = (message: Message): readonly string[] => {
  const heard = message as EthMessage;
  switch (heard.type) {
    case 'NewBlock':
      return [chainFor(heard.block.header).hash(heard.block.header)];
    case 'NewBlockHashes':
      return heard.blocks.map(({ hash }) => hash);
    default:
      return [];
  }
};

/** The messages that are there more often after than before; equal messages are one object. */
const gained = (before: readonly InFlight[], after: readonly InFlight[]): readonly Message[] => {
  const left = before.map(({ message }) => message);
  return after.flatMap(({ message }) => {
    const at = left.indexOf(message);
    if (at < 0) return [message];
    left.splice(at, 1);
    return [];
  });
};

export const noEcho = defineProperty(blockchain, {
  id: 'NO-ECHO',
  claim: 'A block is never announced back to the peer that has just announced it.',
  source: 'devp2p eth/68, Block Propagation: "A node should never send a block announcement back"',
  holdsUnder: ['tie', 'relay', 'partitionAndHeal', ...everyWorld],
  step: {
    neverBack: (before, action, after) => {
      if (action.type !== 'Deliver' || (action.message !== 'NewBlock' && action.message !== 'NewBlockHashes')) return true;
      const [coming, going] = [
        { from: action.from, to: action.to },
        { from: action.to, to: action.from },
      ];
      const heard = new Set(gained(after.inFlight(coming), before.inFlight(coming)).flatMap(newsIn));
      return gained(before.inFlight(going), after.inFlight(going)).every((message) => newsIn(message).every((hash) => !heard.has(hash)));
    },
  },
  shows: { peer: showPeer },
  mutants: {
    forgetsWhoHasIt: {
      doc: 'A peer does not remember which blocks its neighbours have.',
      after: 'Announcements that go back to where they came from, before knownBlocks.',
      domain: ({ limits }) => ({ limits: { ...limits, knownBlocks: 0 } }),
    },
  },
});
