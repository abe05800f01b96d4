import { defineProperty } from '../../model/property/property.ts';
import { web } from '../../spec/web/protocol.ts';
import { linesAt, showBrowser, showOrigin } from './sight.ts';

export const postOnce = defineProperty(web, {
  id: 'POST-ONCE',
  claim: 'A form that was sent takes effect once at most, unless someone sends it again.',
  source: 'RFC 9110, 9.2.2: a client should not automatically retry a request with a non-idempotent method',
  holdsUnder: ['site', 'everyForm'],
  failsUnder: { reload: 'Its user has seen no answer and sends it again, although it has taken effect.' },
  always: {
    everyOrderOnce: (world) => {
      const orders = linesAt(world, 'orders');
      return new Set(orders).size === orders.length;
    },
  },
  sometimes: {
    twoOrders: (world) => linesAt(world, 'orders').length === 2,
    noAnswerIsSeen: (world) =>
      linesAt(world, 'orders').length > 0 && world.some('browser', (each) => each.matches('idle') && each.context.nextId === 1),
  },
  shows: { origin: showOrigin, browser: showBrowser },
  mutants: {
    retriesForms: {
      doc: 'A browser sends a form again when its connection breaks or the answer is late.',
      after: 'A POST that is retried after a keep-alive connection was reset.',
      domain: { mayRepeat: () => true },
    },
  },
});
