import { sameValue } from '../../model/property/consistency/values.ts';
import { defineProperty } from '../../model/property/property.ts';
import { stream } from '../../spec/stream/protocol.ts';
import { firstSequence } from '../../spec/stream/sequence.ts';
import { heardIn, lastFrame, showListener } from './sight.ts';

const shows = { listener: showListener };

export const forward = defineProperty(stream, {
  id: 'STREAM-FORWARD',
  claim: 'A stream never goes backwards, and nothing is heard twice.',
  source: 'common sentence HOST-MANY: a stream never goes backwards and reports its gaps; RFC 3550, 5.1',
  holdsUnder: ['lossy', 'crash', 'everyPacket', 'everyCalm'],
  always: {
    forwardOnly: (world) => heardIn(world).every(({ played }) => played.every((frame, at) => at === 0 || (played[at - 1] as number) < frame)),
  },
  step: {
    goesOnAfterARestart: (before, action, after) =>
      action.type !== 'Restart' ||
      after.every('listener', ({ host, context: { local } }) =>
        sameValue([...(before.at('listener', host)?.context.local.played ?? [])], [...local.played]),
      ),
  },
  sometimes: {
    theNumbersBeginAgain: (world) => heardIn(world).some(({ last }) => last !== null && last < firstSequence),
    oneIsMissing: (world) => heardIn(world).some(({ lost }) => lost > 0),
  },
  shows,
  mutants: {
    playsWhateverComes: {
      doc: 'A listener plays packets in the order in which they come.',
      after: 'Players without a jitter buffer: a syllable that is heard twice, or after the next one.',
      domain: ({ rules }) => ({ rules: { ...rules, plays: () => true } }),
    },
  },
});

export const gaps = defineProperty(stream, {
  id: 'STREAM-GAPS',
  claim: 'What is missing between the first and the last packet that were heard is what the listener says is missing.',
  source: 'common sentence HOST-MANY: a stream never goes backwards and reports its gaps; RFC 3550, 6.4.1 and A.3',
  holdsUnder: ['lossy', 'crash', 'everyPacket', 'everyCalm'],
  always: {
    countedRight: (world) =>
      heardIn(world).every(
        ({ played, lost }) => played.length === 0 || (played.at(-1) as number) - (played[0] as number) + 1 === played.length + lost,
      ),
  },
  sometimes: { oneIsMissing: (world) => heardIn(world).some(({ lost }) => lost > 0) },
  shows,
  mutants: {
    countsWithoutTheRound: {
      doc: 'A listener subtracts sequence numbers as if they were counted for ever.',
      after: 'Loss statistics that jump by 65,536 packets every few minutes.',
      domain: ({ rules }) => ({ rules: { ...rules, missing: (sequence, last) => sequence - last - 1 } }),
    },
    hidesGaps: {
      doc: 'A listener does not say what it has left out.',
      after: 'Receivers that report no loss, and senders that therefore do not slow down.',
      domain: ({ rules }) => ({ rules: { ...rules, missing: () => 0 } }),
    },
  },
});

export const goesOn = defineProperty(stream, {
  id: 'STREAM-GOES-ON',
  claim: 'Whatever was lost, the stream goes on: in the end a listener hears what is played now.',
  source: 'RFC 3550, 5.1 and A.1',
  holdsUnder: ['lossy', 'crash'],
  recovers: {
    theNewestIsHeard: {
      withinRounds: 12,
      // A frame or two may be under way.
      holds: (world) => world.every('listener', ({ context: { local } }) => !local.playing || (local.played.at(-1) ?? 0) + 2 >= lastFrame(world)),
    },
  },
  sometimes: { someoneListens: (world) => world.some('listener', ({ context }) => context.local.played.length > 3) },
  shows,
  mutants: {
    comparesWithoutTheRound: {
      doc: 'A listener takes the larger sequence number for the newer one.',
      after: 'Streams that fall silent after twenty minutes, when the sequence numbers begin again.',
      domain: ({ rules }) => ({ rules: { ...rules, plays: (sequence, last) => sequence > last } }),
    },
  },
});

export const complete = defineProperty(stream, {
  id: 'STREAM-COMPLETE',
  claim: 'A listener hears everything that is played after it has tuned in.',
  source: 'RFC 2326, 10.12: Embedded (Interleaved) Binary Data; RFC 3550, 1',
  holdsUnder: ['calm', 'everyCalm'],
  failsUnder: { lossy: 'What is lost is not sent again: it would come too late.' },
  always: { nothingIsMissing: (world) => heardIn(world).every(({ lost }) => lost === 0) },
  leadsTo: {
    heardToTheEnd: [
      (world) => heardIn(world).some(({ played }) => played.length > 0),
      (world) => heardIn(world).every(({ played }) => played.length === 0 || played.at(-1) === lastFrame(world)),
    ],
  },
  sometimes: { muchIsHeard: (world) => heardIn(world).some(({ played }) => played.length > 2) },
  shows,
});
