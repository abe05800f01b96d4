import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod';
import { nodesOf } from '../role/nodes.ts';
import { invocationsOf } from '../role/invocation.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { hostsOf } from '../protocol/define.ts';
import type { ScenarioType } from '../protocol/scenario.ts';
import type { Value } from '../kernel/value.ts';
import { encodeValue } from './encode.ts';

/**
 * The digest of a model: its structure, rule ids, schemas, scenarios and parameters, and the mutant by name. Never the
 * source of a function, because compilers write the same function differently.
 */
export const modelDigest = (protocol: Protocol, scenarioName: string, mutant: string | null): string => {
  const scenario = protocol.scenarios[scenarioName] as ScenarioType;
  const domain = scenario.domain ?? (Object.keys(protocol.domains)[0] as string);
  const roles = Object.entries(protocol.rolesOver(protocol.domains[domain] as object)).map(([name, type]) => ({
    name,
    talksTo: type.talksTo ?? null,
    commands: Object.keys(type.commands),
    choices: Object.keys(type.choices),
    // A role that invokes nothing keeps the digest that it had before roles could.
    ...(Object.keys(type.promises).length === 0 ? {} : { promises: Object.keys(type.promises), invokes: invocationsOf(type.machine) }),
    states: nodesOf(type.machine).map((node) => ({
      id: node.id,
      type: node.type,
      entry: node.entry.map(nameOf),
      exit: node.exit.map(nameOf),
      transitions: [...[...node.transitions.values()].flat(), ...(node.always ?? [])].map((transition) => ({
        event: transition.eventType,
        guard: transition.guard === undefined ? null : nameOf(transition.guard),
        target: transition.target?.map((target) => target.id) ?? null,
        actions: transition.actions.map(nameOf),
        meta: (transition.meta as object | undefined) ?? null,
      })),
    })),
    delays: Object.entries(type.machine.implementations.delays).filter(([, delay]) => typeof delay === 'number'),
  }));
  const messages = Object.entries(protocol.messages).map(([name, type]) => [name, z.toJSONSchema(type.fields, { unrepresentable: 'any' })]);
  const sizes =
    scenario.size === undefined
      ? [0]
      : Array.from({ length: scenario.size.most - scenario.size.least + 1 }, (_, n) => (scenario.size?.least ?? 0) + n);
  const situation = { ...scenario, hosts: sizes.map((size) => hostsOf(scenario, size)), network: { ...scenario.network, topology: null } };
  const text = JSON.stringify({ id: protocol.id, domain, roles, messages, situation, mutant }, (_, value: unknown) =>
    isUnheardOf(value) ? encodeValue(value) : value,
  );
  return bytesToHex(sha256(utf8ToBytes(text)).subarray(0, 16));
};

/** What JSON has no words for: it refuses a bigint, and takes every Map and Set for the same empty record. */
const isUnheardOf = (value: unknown): value is Value =>
  typeof value === 'bigint' || value instanceof Map || value instanceof Set || value instanceof Uint8Array;

const nameOf = (part: unknown): string => {
  if (typeof part === 'string') return part;
  if (typeof part === 'function') return 'inline';
  return String((part as { type?: unknown }).type);
};
