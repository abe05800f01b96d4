import * as z from 'zod';
import type { Value } from '../kernel/value.ts';
import type { HostName, Message } from '../role/effect.ts';
import { decodeValue, encodeValue, type Json } from '../trace/encode.ts';
import type { Clock } from './clock.ts';
import type { Packet } from './surroundings.ts';

/**
 * What travels over a connection between two live hosts, one line of JSON each. A host that starts says hello to its
 * neighbours; each says welcome and then waits; when all have, the host starts, and lets them go on. So a start is one
 * step for all who see it, as it is in the model. Both say which of their roles run; a role that stops or starts later is
 * told of while everybody waits.
 */
export type Frame =
  | { readonly kind: 'hello'; readonly host: HostName; readonly token: string; readonly roles: readonly string[] }
  | { readonly kind: 'welcome'; readonly clock: Clock; readonly roles: readonly string[] }
  | { readonly kind: 'go'; readonly clock: Clock }
  /** One of the sender's roles started, or stopped. */
  | { readonly kind: 'role'; readonly role: string; readonly runs: boolean; readonly clock: Clock }
  /** Asks for `flushed`: what both had sent before has then arrived. */
  | { readonly kind: 'flush' }
  | { readonly kind: 'flushed' }
  | ({ readonly kind: 'packet' } & Packet);

/** A message larger than this is not one of ours. */
export const longestFrame = 8 * 1024 * 1024;

const name = z.string().min(1).max(200);
const clock = z.record(name, z.int().min(0));
const frameSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hello'), host: name, token: name, roles: z.array(name) }),
  z.strictObject({ kind: z.literal('welcome'), clock, roles: z.array(name) }),
  z.strictObject({ kind: z.literal('role'), role: name, runs: z.boolean(), clock }),
  z.strictObject({ kind: z.literal('flush') }),
  z.strictObject({ kind: z.literal('flushed') }),
  z.strictObject({ kind: z.literal('go'), clock }),
  z.strictObject({ kind: z.literal('packet'), fromRole: name, toRole: name, clock, message: z.looseObject({ type: name }) }),
]);

export const frameText = (frame: Frame): string =>
  `${JSON.stringify(frame.kind === 'packet' ? { ...frame, message: encodeValue(frame.message as unknown as Value) } : frame)}\n`;

/** The frame that a line holds, or null where it holds none: whoever wrote it does not speak our language. */
export const frameOf = (line: string): Frame | null => {
  try {
    const read = frameSchema.parse(JSON.parse(line));
    return read.kind === 'packet' ? { ...read, message: decodeValue(read.message as unknown as Json) as unknown as Message } : read;
  } catch {
    return null;
  }
};

/** Cuts what arrives into lines. */
export class Lines {
  private rest = '';

  /** The lines that are complete now; null where one is too long. */
  add(text: string): readonly string[] | null {
    const parts = (this.rest + text).split('\n');
    this.rest = parts.pop() as string;
    return this.rest.length > longestFrame ? null : parts;
  }
}
