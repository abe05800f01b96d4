import { defineProperty } from '../../model/property/property.ts';
import { mailProtocol } from '../../spec/mail/protocol.ts';
import { bounceFor, boxedIn, fates, fatesIn, isBounce, queuedIn, showMta, type World } from './sight.ts';

const hasArrived = (world: World): boolean => {
  const { owned, delivered, bounced } = fatesIn(world);
  return owned.every((id) => isBounce(id) || delivered.includes(id) || bounced.includes(bounceFor(id)));
};

export const delivered = defineProperty(mailProtocol, {
  id: 'MAIL-DELIVERED',
  claim: 'In the end every mail is delivered, or a notice was written to its author that it was not.',
  source: 'RFC 5321, 4.5.4.1 and 6.1',
  holdsUnder: ['relay', 'lossy', 'nobody', 'astray', 'crowded', 'away', 'everyDelivery'],
  failsUnder: { gone: 'The host that owns the mail has left for good, and the mail with it.' },
  monitors: { fates },
  recovers: {
    queuesAreEmpty: { withinRounds: 50, holds: (world) => queuedIn(world).length === 0 },
    allHaveArrived: {
      withinRounds: 50,
      holds: hasArrived,
    },
  },
  leadsTo: { itEnds: [(world) => queuedIn(world).length > 0, hasArrived] },
  fairness: { weak: ['Repair', 'Restart'] },
  sometimes: { somethingWaits: (world) => queuedIn(world).length > 1 },
  shows: { mta: showMta },
  mutants: {
    neverGivesUp: {
      doc: 'A host tries for ever.',
      after: 'A queue without a lifetime: its author believes that the mail has arrived.',
      roles: { mta: { guards: { givesUp: () => false } } },
      under: 'away',
    },
  },
});

export const noLoop = defineProperty(mailProtocol, {
  id: 'NO-MAIL-LOOP',
  claim: 'No notice is sent about a notice, and no mail goes round in circles.',
  source: 'RFC 5321, 4.5.5: null reverse-path; 6.3: Loop Detection',
  holdsUnder: ['circle', 'nobody', 'astray', 'everyCircle', 'everyAstray'],
  monitors: { fates },
  always: {
    noBounceOfABounce: (world) => fatesIn(world).bounced.every((id) => !isBounce(id.slice(0, -1))),
    fewHops: (world) => queuedIn(world).every(({ hops }) => hops <= 5),
  },
  recovers: { queuesAreEmpty: { withinRounds: 50, holds: (world) => queuedIn(world).length === 0 } },
  sometimes: {
    oneComesBack: (world) => boxedIn(world).some(({ id }) => isBounce(id)),
    aNoticeIsDropped: (world) => {
      const left = [...queuedIn(world), ...boxedIn(world)].map(({ id }) => id);
      return fatesIn(world).bounced.some((id) => !left.includes(id));
    },
  },
  shows: { mta: showMta },
  mutants: {
    bouncesBounces: {
      doc: 'A notice that cannot be delivered is answered with a notice.',
      after: 'Two hosts that tell each other for ever that they could not deliver.',
      domain: { bounceOf: ({ id, from, to }) => ({ id: `${id}!`, from: to, to: from ?? 'nobody@far', hops: 0 }) },
    },
    countsNoHops: {
      doc: 'A host does not look at how many hosts a mail has passed.',
      after: 'Two mail exchangers that take each other for the better one.',
      domain: { maxHops: 1_000 },
    },
  },
});
