import type { AnyEventObject, AnyStateNode } from 'xstate';
import { nodesOf } from '../role/nodes.ts';
import type { Rule } from '../role/rule.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { Engine } from '../world/engine.ts';

/** How often each thing that a model names came about; zero for what was never reached. */
export interface Coverage {
  readonly rules: Map<string, number>;
  readonly states: Map<string, number>;
  readonly messages: Map<string, number>;
  /** Events that a role refused, by `role event`. */
  readonly refused: Map<string, number>;
}

const ruleOf = (meta: unknown): string | null => (meta as Rule | undefined)?.rule ?? null;

/** Counts something so many times more. */
export const addTo = <K>(counts: Map<K, number>, what: K, times: number): void => {
  counts.set(what, (counts.get(what) ?? 0) + times);
};

/** Everything that the roles of some scenarios could reach, at zero. */
export const emptyCoverage = (protocol: Protocol, roles: ReadonlySet<string>): Coverage => {
  const coverage: Coverage = { rules: new Map(), states: new Map(), messages: new Map(), refused: new Map() };
  const domain = Object.values(protocol.domains)[0] as object;
  for (const [name, type] of Object.entries(protocol.rolesOver(domain))) {
    if (!roles.has(name)) continue;
    for (const node of nodesOf(type.machine)) {
      if (node.type === 'atomic' || node.type === 'final') coverage.states.set(`${name} ${node.path.join('.') || node.key}`, 0);
      for (const transition of [...[...node.transitions.values()].flat(), ...(node.always ?? [])]) {
        const rule = ruleOf(transition.meta);
        if (rule !== null) coverage.rules.set(rule, 0);
      }
    }
  }
  for (const message of Object.keys(protocol.messages)) coverage.messages.set(message, 0);
  return coverage;
};

/** Adds what an engine's roles did, from the counts that stand beside their remembered steps. */
export const addCoverage = (coverage: Coverage, engine: Engine): void => {
  for (const role of engine.roles.values())
    for (const { event, step } of role.memory.remember()) {
      if (step.taken === 0) continue;
      const { type } = event as AnyEventObject;
      if (step.refused) addTo(coverage.refused, `${role.name} ${type}`, step.taken);
      if (coverage.messages.has(type)) addTo(coverage.messages, type, step.taken);
      for (const rule of step.rules) addTo(coverage.rules, rule, step.taken);
      if (step.threw !== null) continue;
      for (const node of role.memory.snapshot(step.next)._nodes as readonly AnyStateNode[])
        if (node.type === 'atomic' || node.type === 'final') addTo(coverage.states, `${role.name} ${node.path.join('.') || node.key}`, step.taken);
    }
};
