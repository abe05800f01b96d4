import { history } from '../../model/property/consistency/history.ts';
import { linearizable } from '../../model/property/consistency/linearizable.ts';
import { registerOf } from '../../model/property/consistency/objects.ts';
import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { blank, singleCopyRegister } from '../../spec/reference/single-copy-register.ts';

export const registerLinearizable = defineProperty(singleCopyRegister, {
  id: 'REGISTER-LINEARIZABLE',
  claim: 'Reads and writes seem to happen one after the other, each between its call and its answer.',
  source: 'Herlihy and Wing 1990; Stateright, single-copy-register: linearizable',
  holdsUnder: ['oneServer'],
  failsUnder: { twoServers: 'Two copies that nobody keeps equal: a client reads from the other copy what was never written there.' },
  // Worlds are told apart by the whole history, as Stateright does, so that the counts can be compared; the claim would do without.
  monitors: { linearizable: linearizable({ model: registerOf(blank) }), history: history() },
  sometimes: {
    aWriteIsRead: (world) =>
      world.inFlight().some(({ message }) => message.type === 'GetOk' && (message as { readonly value?: string }).value !== blank),
  },
  shows: { server: ({ context: { value } }) => (value === blank ? 'blank' : value) },
  mutants: {
    forgetsWrites: {
      doc: 'A server confirms what it does not keep.',
      roles: { server: { actions: { keep: nothing } } },
    },
  },
});

export const singleCopyRegisterProperties = [registerLinearizable];
