import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Measures something in a process of its own, so that its memory and its warm-up are its own. */
export const apart = <Result>(name: string, ...values: readonly (string | number)[]): Result => {
  const main = fileURLToPath(new URL('./main.js', import.meta.url));
  const text = execFileSync(process.execPath, ['--max-old-space-size=8000', main, '--apart', [name, ...values].join(':')], { encoding: 'utf8' });
  return JSON.parse(text) as Result;
};
