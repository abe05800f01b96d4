import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { RolecallError } from '../kernel/errors.ts';
import { nodesOf } from './nodes.ts';
import { nothing } from './nothing.ts';
import type { PromiseType } from './role.ts';
import { isPromiseLogic } from './step.ts';

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
type ActionFunction = ((...args: never[]) => unknown) & { readonly type?: string; readonly delay?: unknown; readonly id?: unknown };

/** The implementation of this name, where the machine has one; `toString` is none, though every record has it. */
const implemented = (machine: AnyStateMachine, kind: 'actions' | 'guards' | 'delays' | 'actors', name: string): unknown =>
  Object.hasOwn(machine.implementations[kind], name) ? (machine.implementations[kind] as Record<string, unknown>)[name] : undefined;

/** XState writes `after` as a raised event whose id is its type; one that a role delays itself would outlive its state. */
const isOfAfter = (action: ActionFunction): boolean => typeof action.id === 'string' && action.id.startsWith('xstate.after.');

const checkFunction = (action: ActionFunction, place: string): void => {
  if (action === nothing) return;
  const type = action.type;
  if (type === 'xstate.raise' && action.delay !== undefined && !isOfAfter(action))
    fault('RAISE_DELAYED', place, 'a raised event cannot be delayed', 'Give the state an after: { … } transition.');
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

const checkAction = (machine: AnyStateMachine, action: unknown, place: string): void => {
  if (typeof action === 'function') {
    checkFunction(action as ActionFunction, place);
    return;
  }
  const name = typeof action === 'string' ? action : (action as { type: string }).type;
  if (name.startsWith('xstate.')) return;
  const implementation = implemented(machine, 'actions', name);
  if (implementation === undefined) fault('ACTION_UNKNOWN', place, `the action ${name} has no implementation`, 'Give it in setup({ actions }).');
  else if (typeof implementation === 'function') checkFunction(implementation as ActionFunction, `${place}, action ${name}`);
};

const checkGuard = (machine: AnyStateMachine, guard: unknown, place: string): void => {
  if (guard === undefined) return;
  if (typeof guard === 'function') {
    // and(…), or(…) and not(…) carry the guards that they are made of.
    for (const inner of (guard as { readonly guards?: readonly unknown[] }).guards ?? []) checkGuard(machine, inner, place);
    return;
  }
  const name = typeof guard === 'string' ? guard : (guard as { type: string }).type;
  const implementation = implemented(machine, 'guards', name);
  if (implementation === undefined) fault('GUARD_UNKNOWN', place, `the guard ${name} has no implementation`, 'Give it in setup({ guards }).');
  checkGuard(machine, implementation, `${place}, guard ${name}`);
};

/** A delay that is text stands for a name in setup({ delays }); XState would take a misspelt one as zero. */
const checkDelays = (machine: AnyStateMachine, node: AnyStateNode): void => {
  for (const { delay } of node.after as readonly { delay: unknown }[])
    if (typeof delay === 'string' && Number.isNaN(Number(delay)) && implemented(machine, 'delays', delay) === undefined)
      fault('DELAY_UNKNOWN', node.id, `the delay ${delay} is not defined`, 'Give it in setup({ delays }), in milliseconds.');
};

/** A promise by name, with the answers that the environment may give, can be taken over; nothing else that a state invokes can. */
const checkInvoked = (machine: AnyStateMachine, node: AnyStateNode, promises: Readonly<Record<string, PromiseType>>): void => {
  for (const invoke of node.invoke as readonly { src: unknown; id: string; systemId?: string; onSnapshot?: unknown }[]) {
    const { src } = invoke;
    const place = `${node.id}, invoke`;
    if (typeof src !== 'string' || src.startsWith('xstate.invoke.')) {
      const message = 'what it invokes has no name';
      fault('INVOKE_UNNAMED', place, message, "Give it in setup({ actors: { load: fromPromise(…) } }), and write invoke: { src: 'load' }.");
    }
    const name = src as string;
    const logic = implemented(machine, 'actors', name);
    if (logic === undefined)
      fault(
        'ACTOR_UNKNOWN',
        place,
        `${name} has no implementation`,
        `Give it in setup({ actors: { ${name}: fromPromise(…) } }); only a live run calls it.`,
      );
    if (!isPromiseLogic(logic)) {
      const message = `${name} is no promise, and an actor that goes on by itself is not part of the world`;
      fault('INVOKE_REFUSED', place, message, 'Make it a role of its own, or a promise with the results that it can have.');
    }
    if (!Object.hasOwn(promises, name)) {
      const message = `nobody says how ${name} may end`;
      fault('PROMISE_UNDECLARED', place, message, `Write role(machine, { promises: { ${name}: promise({ doc, done: […], error: […] }) } }).`);
    }
    if (invoke.onSnapshot !== undefined)
      fault('INVOKE_REFUSED', place, `${name} has an onSnapshot, and a promise shows nothing on its way`, 'Use onDone and onError.');
    if (invoke.systemId !== undefined)
      fault('INVOKE_REFUSED', place, `${name} has a systemId, and a role may not look up actors`, 'Leave systemId out.');
  }
};

/**
 * Checks a role's machine.
 * @throws RolecallError with what to write instead.
 */
export const checkMachine = (machine: AnyStateMachine, promises: Readonly<Record<string, PromiseType>> = {}): void => {
  if (!Number.isFinite(machine.options?.maxIterations ?? Number.POSITIVE_INFINITY))
    fault('MACHINE_UNBOUNDED', machine.id, 'the machine may take microsteps without an end', 'Add options: { maxIterations: 100 } to createMachine.');
  for (const node of nodesOf(machine)) {
    checkInvoked(machine, node, promises);
    checkDelays(machine, node);
    for (const action of [...node.entry, ...node.exit, ...(node.initial?.actions ?? [])]) checkAction(machine, action, node.id);
    const transitions = [...node.transitions.values()].flat();
    for (const transition of [...transitions, ...(node.always ?? [])]) {
      const place = `${node.id} on ${transition.eventType}`;
      checkGuard(machine, transition.guard, place);
      for (const action of transition.actions) checkAction(machine, action, place);
    }
  }
};
