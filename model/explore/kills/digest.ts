import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Protocol } from '../../protocol/protocol.ts';
import { Arena, scenarioOf } from '../../property/arena.ts';
import type { Property } from '../../property/property.ts';
import { modelDigest } from '../../trace/digest.ts';
import { ranOnce, seedOf } from './run.ts';

/** Runs of each scenario that go into a digest. */
const sample = 3;

const partsOf = ({ type }: Property): readonly string[] =>
  [type.always, type.step, type.monitors, type.recovers, type.eventually, type.leadsTo, type.sometimes].flatMap((parts) => Object.keys(parts ?? {}));

/**
 * What kills depend on: how the model is built, what the claims are, and what becomes of some runs. A guard or an action
 * that does something else leads these runs elsewhere, and functions cannot be compared in another way: compilers write the
 * same one differently.
 */
export const killDigest = (protocol: Protocol, properties: readonly Property[]): string => {
  const scenarios = Object.entries(protocol.scenarios)
    .filter(([, { large }]) => large !== true)
    .map(([name]) => ({ name, about: properties.filter(({ type }) => type.holdsUnder.includes(name)) }))
    .filter(({ about }) => about.length > 0)
    .map(({ name, about }) => {
      const arena = new Arena(protocol, scenarioOf(protocol, name), about, null);
      const runs = Array.from({ length: sample }, (_, run) => ranOnce(arena, { seed: seedOf(1, run), maxSteps: null }).fingerprint);
      return [name, modelDigest(protocol, name, null), runs];
    });
  const claims = properties.map((property) => [
    property.type.id,
    property.type.holdsUnder,
    partsOf(property),
    Object.entries(property.type.mutants ?? {}).map(([name, { doc, under = null }]) => [name, doc, under]),
  ]);
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([scenarios, claims]))).subarray(0, 16));
};
