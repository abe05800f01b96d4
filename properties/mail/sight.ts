import type { Value } from '../../model/kernel/value.ts';
import type { InstanceView, Monitor, WorldView } from '../../model/property/property.ts';
import type { Mail, Reply } from '../../spec/mail/messages.ts';
import type { MailStore } from '../../spec/mail/mta.ts';
import type { MailRoles } from '../../spec/mail/protocol.ts';

export type World = WorldView<MailRoles>;
export type MonitorHere = Monitor<MailRoles>;

/** What each mail host holds, also while it is down. */
const storesOf = (world: World): readonly MailStore[] =>
  world.all('mta').flatMap((mta) => {
    const stored = mta.stored['mail'] as MailStore | undefined;
    return mta.running ? [mta.context] : stored === undefined ? [] : [stored];
  });

export const queuedIn = (world: World): readonly Mail[] => storesOf(world).flatMap(({ queue }) => queue.map(({ mail }) => mail));

export const boxedIn = (world: World): readonly Mail[] =>
  storesOf(world).flatMap(({ boxes }) => Object.values(boxes.of).flatMap((box) => box.map(({ mail }) => mail)));

/** A bounce has the name of the mail that came back, and an exclamation mark. */
export const isBounce = (id: string): boolean => id.endsWith('!');
export const bounceFor = (id: string): string => `${id}!`;

const joined = (ids: readonly string[], more: readonly string[]): readonly string[] => [...new Set([...ids, ...more])].sort();

/** The mails that hosts took responsibility for, those that ever were in a box, and those that ever came back. */
export type Fates = { readonly owned: readonly string[]; readonly delivered: readonly string[]; readonly bounced: readonly string[] };

export const fates: MonitorHere = {
  initial: { owned: [], delivered: [], bounced: [] },
  next: (state, { role, effect }) => {
    const { owned, delivered, bounced } = state as unknown as Fates;
    if (role !== 'mta') return state;
    if (effect.type === 'send') {
      const { type, code, id } = effect.message as unknown as Reply;
      return type === 'Reply' && code === 250 ? { owned: joined(owned, [id]), delivered, bounced } : state;
    }
    if (effect.type !== 'persist') return state;
    const { queue, boxes } = effect.value as unknown as MailStore;
    const queued = queue.map(({ mail }) => mail.id);
    const boxed = Object.values(boxes.of).flatMap((box) => box.map(({ mail }) => mail.id));
    return {
      owned: joined(owned, [...queued, ...boxed]),
      delivered: joined(delivered, boxed),
      bounced: joined(bounced, [...queued, ...boxed].filter(isBounce)),
    };
  },
};

export const fatesIn = (world: World): Fates => world.monitor('fates') as unknown as Fates;

/** Sessions that were begun and not answered, by the mail that they are about; those of its notice count with it. */
export const unanswered: MonitorHere = {
  initial: {},
  next: (state, { effect }) => {
    const isBegun = effect.type === 'invoke' && effect.operation === 'data';
    if (!isBegun && !(effect.type === 'return' && effect.operation === 'data' && effect.outcome.definite)) return state;
    const about = aboutOf(effect.id as string);
    const counted = state as Readonly<Record<string, number>>;
    return { ...counted, [about]: (counted[about] ?? 0) + (isBegun ? 1 : -1) } as Value;
  },
};

/** The mail that a notice is about, or the mail itself. */
export const aboutOf = (id: string): string => id.replace(/!+$/, '');

export const showMta = ({ context: { queue, boxes } }: InstanceView<MailRoles['mta']>): string =>
  `queue: ${queue.map(({ mail }) => mail.id).join(' ') || 'empty'}; boxes: ${
    Object.values(boxes.of)
      .flatMap((box) => box.map(({ mail }) => mail.id))
      .join(' ') || 'empty'
  }`;
