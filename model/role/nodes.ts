import type { AnyStateMachine, AnyStateNode } from 'xstate';

const below = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(below)];

/** All state nodes of a machine, in document order. */
export const nodesOf = (machine: AnyStateMachine): readonly AnyStateNode[] => below(machine.root);

/** A descriptor of XState's: a type, `*` for every one, or `chunk.*` for `chunk` and all that begins with `chunk.`. */
const describes = (descriptor: string, type: string): boolean =>
  descriptor === type || descriptor === '*' || (descriptor.endsWith('.*') && `${type}.`.startsWith(descriptor.slice(0, -1)));

/** Whether a machine has a transition for events of a type, in some state; one that does nothing takes the event, too. */
export const heardBy = (machine: AnyStateMachine): ((type: string) => boolean) => {
  const descriptors = [
    ...new Set(nodesOf(machine).flatMap((node) => [...node.transitions].flatMap(([name, taken]) => (taken.length > 0 ? [name] : [])))),
  ];
  return (type) => descriptors.some((descriptor) => describes(descriptor, type));
};
