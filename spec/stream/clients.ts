import { clientOver } from '../request-response/client.ts';
import type { Patience } from '../request-response/domain.ts';
import { ahead, firstSequence, following, isNewer } from './sequence.ts';
import type { Packet } from './station.ts';

/** What a listener remembers. */
export type ListenerMemory = {
  readonly playing: boolean;
  /** The sequence number of the packet that it has played last. */
  readonly last: number | null;
  /** The frames that were heard, in that order. */
  readonly played: readonly number[];
  /** How many packets it says are missing between the first and the last. Source: RFC 3550, 6.4.1. */
  readonly lost: number;
};

/** How listeners and studio call, and what a listener plays. */
export interface StreamRules {
  readonly patience: Patience;
  /** Whether they hold on to a connection; otherwise they send again what is not answered. */
  readonly reconnects: boolean;
  /** Whether they go through a list of stations; otherwise there is one. */
  readonly failsOver?: boolean;
  /** Whether a packet is played after another one; an older one comes too late. */
  readonly plays: (sequence: number, last: number) => boolean;
  /** How many packets are missing between two that are played one after the other. */
  readonly missing: (sequence: number, last: number) => number;
}

export const usualListening: Pick<StreamRules, 'plays' | 'missing'> = { plays: isNewer, missing: (sequence, last) => ahead(sequence, last) - 1 };

/** A listener: it plays each packet when it comes, or never. Source: RFC 2326, 10.5 and 10.7; RFC 3550, A.1 and A.3. */
export const listenerOver = ({ patience, reconnects, failsOver = false, plays, missing }: StreamRules) =>
  clientOver<ListenerMemory>({
    id: 'stream.listener',
    patience,
    reconnects,
    single: !failsOver,
    start: () => ({ playing: false, last: null, played: [], lost: 0 }),
    commands: {
      play: (local) => ({ call: { type: 'PLAY' }, local }),
      teardown: (local) => ({ call: { type: 'TEARDOWN' }, local: { ...local, playing: false } }),
    },
    learn: (local, call, result) => (call.type === 'PLAY' && result.ok ? { playing: true, last: null, played: [], lost: 0 } : local),
    heed: (local, notice) => {
      const { sequence, frame } = notice as unknown as Packet;
      if (!local.playing) return local;
      if (local.last === null) return { ...local, last: sequence, played: [frame] };
      if (!plays(sequence, local.last)) return local;
      return { ...local, last: sequence, played: [...local.played, frame], lost: local.lost + missing(sequence, local.last) };
    },
  });

/** What the studio remembers: the packet that it sends next. */
export type StudioMemory = { readonly next: Packet };

/** The studio, which plays one frame after the other; one that it gives up is missing, and its number with it. */
export const studioOver = ({ patience, reconnects, failsOver = false }: StreamRules) =>
  clientOver<StudioMemory>({
    id: 'stream.studio',
    patience,
    reconnects,
    single: !failsOver,
    start: () => ({ next: { sequence: firstSequence, frame: 1 } }),
    commands: {
      send: ({ next }) => ({ call: { type: 'RTP', ...next }, local: { next: { sequence: following(next.sequence), frame: next.frame + 1 } } }),
    },
  });
