import type { AnyStateMachine, AnyStateNode } from 'xstate';

const below = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(below)];

/** All state nodes of a machine, in document order. */
export const nodesOf = (machine: AnyStateMachine): readonly AnyStateNode[] => below(machine.root);
