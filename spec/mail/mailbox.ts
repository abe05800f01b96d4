import { answer, type Service, unknownOperation } from '../request-response/service.ts';
import type { Mail } from './messages.ts';

/** A mail in a box. Its number is never given to another one. Source: RFC 9051, 2.3.1.1: Unique Identifier. */
export type Kept = { readonly uid: number; readonly mail: Mail };

/** The boxes of a host by user, and the next number. */
export type Boxes = { readonly next: number; readonly of: Readonly<Record<string, readonly Kept[]>> };

export const deposit = ({ next, of }: Boxes, user: string, mail: Mail): Boxes => ({
  next: next + 1,
  of: { ...of, [user]: [...(of[user] ?? []), { uid: next, mail }] },
});

/** Which mail of a box a number means. */
type Means = (kept: Kept, position: number, uid: number) => boolean;

/** A mailbox that several programs of its user read. Source: RFC 9051. */
export const mailbox = (means: Means = ({ uid }, _, wanted) => uid === wanted): Service<Boxes> => ({
  doc: 'Lists the mails of a user, and removes one by its number.',
  start: { next: 0, of: {} },
  isSafe: ({ type }) => type === 'list',
  apply: (boxes, call) => {
    const user = call['user'] as string;
    const box = boxes.of[user] ?? [];
    switch (call.type) {
      case 'list':
        return { state: boxes, result: answer(box.map(({ uid, mail: { id } }) => ({ uid, id }))) };
      case 'remove': {
        const left = box.filter((kept, position) => !means(kept, position, call['uid'] as number));
        return { state: { ...boxes, of: { ...boxes.of, [user]: left } }, result: answer(null) };
      }
      default:
        return { state: boxes, result: unknownOperation(call) };
    }
  },
});
