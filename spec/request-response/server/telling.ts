import type { Service } from '../service.ts';
import { emits, type ServerEffect, when } from './vocabulary.ts';

/** What subscribers may have missed. */

export const telling = (service: Service) => {
  const outstanding = (state: Parameters<NonNullable<Service['outstanding']>>[0]) => service.outstanding?.(state) ?? [];
  const notice = ({ to, notice: what }: ReturnType<typeof outstanding>[number]): ServerEffect => ({
    type: 'send',
    to,
    message: { type: 'Notice', notice: what },
  });
  return {
    guards: { hasOutstanding: when(({ state }) => outstanding(state).length > 0) },
    actions: {
      tellAgain: emits(({ state }) => outstanding(state).map(notice)),
      tellTheOneWhoCame: emits(({ state }, event) =>
        event.type === 'connected'
          ? outstanding(state)
              .filter(({ to }) => to === event.from)
              .map(notice)
          : [],
      ),
    },
  };
};
