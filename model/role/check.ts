import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { RolecallError } from '../kernel/errors.ts';
import { nodesOf } from './nodes.ts';

/**
 * What a machine must keep to so that its steps are pure and bounded, checked when a role is defined: XState itself takes
 * a misspelt delay (it fires at once, for ever) and loops without an end.
 */

const accepted = new Set(['xstate.assign', 'xstate.emit', 'xstate.raise', 'xstate.cancel', 'xstate.enqueueActions', 'xstate.log']);

const instead: Readonly<Record<string, string>> = {
  'xstate.spawnChild': 'Give the other party a role of its own, and send it messages.',
  'xstate.stopChild': 'Give the other party a role of its own; the engine stops roles.',
  'xstate.sendTo': "Write emit({ type: 'send', to, message }) for another host, or emit({ type: 'tell', role, message }) for a role on this one.",
  'xstate.forwardTo': "Write emit({ type: 'send', to, message: event }).",
};

const fault = (code: string, place: string, message: string, advice: string): never => {
  throw new RolecallError({ code, place, message, advice });
};

/** A function that XState calls as an action; those of XState carry its type. */
type ActionFunction = ((...args: never[]) => unknown) & { readonly type?: string };

const checkFunction = (action: ActionFunction, place: string, isNothing: (action: unknown) => boolean): void => {
  if (isNothing(action)) return;
  const type = action.type;
  if (type === undefined)
    fault(
      'ACTION_IS_A_FUNCTION',
      place,
      'a function cannot be an action, because it would act outside the world',
      'Write assign(…) for the context and emit(…) for what goes out.',
    );
  else if (!accepted.has(type))
    fault('ACTION_REFUSED', place, `${type} cannot be taken over`, instead[type] ?? 'Use assign, emit, raise, cancel, enqueueActions or log.');
};

const checkAction = (machine: AnyStateMachine, action: unknown, place: string, isNothing: (action: unknown) => boolean): void => {
  if (typeof action === 'function') {
    checkFunction(action as ActionFunction, place, isNothing);
    return;
  }
  const name = typeof action === 'string' ? action : (action as { type: string }).type;
  if (name.startsWith('xstate.')) return;
  const implementation = machine.implementations.actions[name] as unknown;
  if (implementation === undefined) fault('ACTION_UNKNOWN', place, `the action ${name} has no implementation`, 'Give it in setup({ actions }).');
  else if (typeof implementation === 'function') checkFunction(implementation as ActionFunction, `${place}, action ${name}`, isNothing);
};

const checkGuard = (machine: AnyStateMachine, guard: unknown, place: string): void => {
  if (guard === undefined || typeof guard === 'function') return;
  const name = typeof guard === 'string' ? guard : (guard as { type: string }).type;
  if (machine.implementations.guards[name] === undefined)
    fault('GUARD_UNKNOWN', place, `the guard ${name} has no implementation`, 'Give it in setup({ guards }).');
};

/** A delay that is text stands for a name in setup({ delays }); XState would take a misspelt one as zero. */
const checkDelays = (machine: AnyStateMachine, node: AnyStateNode): void => {
  for (const { delay } of node.after as readonly { delay: unknown }[])
    if (typeof delay === 'string' && Number.isNaN(Number(delay)) && machine.implementations.delays[delay] === undefined)
      fault('DELAY_UNKNOWN', node.id, `the delay ${delay} is not defined`, 'Give it in setup({ delays }), in milliseconds.');
};

/**
 * Checks a role's machine.
 * @param isNothing tells the exported action that does nothing, which mutants use, from other functions.
 * @throws RolecallError with what to write instead.
 */
export const checkMachine = (machine: AnyStateMachine, isNothing: (action: unknown) => boolean): void => {
  if (!Number.isFinite(machine.options?.maxIterations ?? Number.POSITIVE_INFINITY))
    fault('MACHINE_UNBOUNDED', machine.id, 'the machine may take microsteps without an end', 'Add options: { maxIterations: 100 } to createMachine.');
  for (const node of nodesOf(machine)) {
    if (node.invoke.length > 0)
      fault(
        'MACHINE_INVOKES',
        node.id,
        'an invoked actor is not part of the world',
        'Make it a role, or a choice of the environment with the results that it can have.',
      );
    checkDelays(machine, node);
    for (const action of [...node.entry, ...node.exit]) checkAction(machine, action, node.id, isNothing);
    const transitions = [...node.transitions.values()].flat();
    for (const transition of [...transitions, ...(node.always ?? [])]) {
      const place = `${node.id} on ${transition.eventType}`;
      checkGuard(machine, transition.guard, place);
      for (const action of transition.actions) checkAction(machine, action, place, isNothing);
    }
  }
};
