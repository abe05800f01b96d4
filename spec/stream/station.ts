import type { HostName } from '../../model/role/effect.ts';
import { answer, type Service, unknownOperation } from '../request-response/service.ts';

/** An RTP packet: its place in the stream, and what it carries: the number of a frame of sound. */
export type Packet = { readonly sequence: number; readonly frame: number };

/** Who listens, sorted. */
export type StationState = { readonly listeners: readonly HostName[] };

/**
 * A station: what the studio plays goes to all who listen, under the sequence numbers that the studio has given it.
 * Source: RFC 2326, 10.5 PLAY, 10.7 TEARDOWN; RFC 3550, 7.1: translators.
 */
export const station: Service<StationState> = {
  doc: 'Passes the packets of a studio on to all who listen.',
  start: { listeners: [] },
  apply: (state, call, caller) => {
    const { listeners } = state;
    switch (call.type) {
      case 'PLAY':
        return { state: { listeners: [...new Set([...listeners, caller])].sort() }, result: answer(null) };
      case 'TEARDOWN':
        return { state: { listeners: listeners.filter((listener) => listener !== caller) }, result: answer(null) };
      case 'RTP': {
        const packet: Packet = { sequence: call['sequence'] as number, frame: call['frame'] as number };
        return { state, result: answer(null), notices: listeners.map((to) => ({ to, notice: packet })) };
      }
      default:
        return { state, result: unknownOperation(call) };
    }
  },
};
