import { answer, type Service, unknownOperation } from './service.ts';

/** A counter that clients add to: an addition that is executed twice shows. */
export const counter: Service<number> = {
  doc: 'A number that clients add to and read.',
  start: 0,
  isSafe: ({ type }) => type === 'read',
  apply: (total, call) => {
    switch (call.type) {
      case 'add':
        return { state: total + (call['amount'] as number), result: answer(total + (call['amount'] as number)) };
      case 'read':
        return { state: total, result: answer(total) };
      default:
        return { state: total, result: unknownOperation(call) };
    }
  },
};
