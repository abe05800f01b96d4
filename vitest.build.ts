import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { pack } from './cli/outside.ts';

/** Tests of the command run what is compiled, so it is compiled first, seconds where little has changed; and packed as a person gets it. */
export const setup = (): void => {
  execFileSync(process.execPath, [createRequire(import.meta.url).resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  pack();
};
