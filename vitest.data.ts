import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';

/** Real data stands beside the project and is not part of it; ROLECALL_DATA names another folder. */
const folder = process.env['ROLECALL_DATA'] ?? join(import.meta.dirname, '..', 'shared', 'data');

const sources: { readonly [file: string]: string } = {
  'mainnet-00000-5ec1ffb8.era1': 'packages/e2store/test of ethereumjs/ethereumjs-monorepo, or any era1 archive of Ethereum',
  'difficulty/difficultyFrontier.json': 'DifficultyTests/dfFrontier of ethereum/tests',
  'difficulty/difficultyHomestead.json': 'DifficultyTests/dfHomestead of ethereum/tests',
  'difficulty/difficultyByzantium.json': 'DifficultyTests/dfByzantium of ethereum/tests',
  'jepsen/README.md': 'the table of verdicts of test_data/jepsen of anishathalye/porcupine, as lines `| etcd_000 | no |`',
  'classic-condensed.rlp.gz': 'tests/regression/simulated/classic-condense-state of etclabscore/core-geth',
};

/** The bytes of a data file. Where it is absent the test is skipped, and says how to get it. */
export const realData = (context: TestContext, file: string): Uint8Array => {
  const path = join(folder, file);
  if (!existsSync(path)) context.skip(`${file} is absent: get it from ${sources[file] ?? 'where the domain notes say'} and put it into ${folder}`);
  return new Uint8Array(readFileSync(path));
};
