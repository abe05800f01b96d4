import type { ValueRecord } from '../../../model/kernel/value.ts';
import type { Ask } from '../messages.ts';
import { failure } from '../service.ts';
import type { Asking } from './asking.ts';
import { begun } from './calling.ts';
import { responseIn, vocabularyOf } from './vocabulary.ts';

/** A client that also asks for the server program on its own host. */

export const serving = <Local extends ValueRecord>({ onBehalfOf: role }: Asking<Local>) => {
  const { changes, emits, when } = vocabularyOf<Local>();
  return {
    guards: { isAsked: when(({ asks }) => asks.length > 0) },
    actions: {
      noteAsk: changes(({ asks }, event) => {
        const { type, onBehalfOf, call } = event as unknown as Ask;
        return { asks: [...asks, { type, onBehalfOf, call }] };
      }),
      beginAsked: changes((context) => {
        const [first] = context.asks;
        return first === undefined ? {} : { ...begun(context, first.call), serving: true };
      }),
      passOn: emits(({ asks, serving: isServing }, event) => {
        const [first] = asks;
        if (!isServing || first === undefined || role === undefined) return [];
        const result = event.type === 'Response' ? responseIn(event).result : failure('no answer');
        return [{ type: 'tell', role, message: { type: 'Learnt', onBehalfOf: first.onBehalfOf, result } }];
      }),
      served: changes(({ asks, serving: isServing }) => (isServing ? { asks: asks.slice(1), serving: false } : {})),
    },
  };
};
