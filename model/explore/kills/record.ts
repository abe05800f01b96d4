import * as z from 'zod';
import { RolecallError } from '../../kernel/errors.ts';
import type { KillRecord } from './kill.ts';

const name = z.string().min(1).max(300);
const seed = z.int();
const count = z.int().min(0);
const where = { property: name, part: z.string().max(1_000), scenario: name };

const record = z.strictObject({
  protocol: name,
  model: z.string().regex(/^[0-9a-f]{32}$/),
  kills: z.array(
    z.strictObject({
      mutant: name,
      by: z
        .discriminatedUnion('how', [
          z.strictObject({ how: z.literal('violated'), ...where, seed, maxSteps: count.nullable(), steps: count }),
          z.strictObject({ how: z.literal('unseen'), ...where, seed, runs: count }),
          z.strictObject({ how: z.literal('searched'), ...where, steps: count }),
        ])
        .nullable(),
    }),
  ),
});

/**
 * Reads a record of kills.
 * @throws RolecallError `KILLS_RECORD` where it is none.
 */
export const readKills = (text: string, place: string): KillRecord => {
  const refuse = (message: string, cause?: unknown): never => {
    throw new RolecallError({ code: 'KILLS_RECORD', message, place, advice: 'Record it again: rolecall mutants PROTOCOL --record', cause });
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    return refuse('it is no JSON', cause);
  }
  const { success, data, error } = record.safeParse(json);
  if (success) return data;
  const [issue] = error.issues;
  return refuse(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it has another form'}`);
};

/** A record as it is kept: one mutant a line, so that a change of one is a change of one line. */
export const killsText = ({ protocol, model, kills }: KillRecord): string =>
  `{\n"protocol": ${JSON.stringify(protocol)},\n"model": ${JSON.stringify(model)},\n"kills": [\n${kills.map((kill) => JSON.stringify(kill)).join(',\n')}\n]\n}\n`;
