import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** What a call of the command left behind; for tests. */
export interface Called {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Calls a command as a user would, without a terminal; the compiled one unless another is named. `onStart` may send it signals. */
export const rolecall = (
  args: readonly string[],
  onStart: (child: ChildProcess) => void = () => {},
  cwd = root,
  command = join(root, 'bin', 'rolecall.js'),
): Promise<Called> =>
  new Promise((resolve, reject) => {
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !['FORCE_COLOR', 'ROLECALL_ASCII'].includes(name)));
    const child = spawn(process.execPath, [command, ...args], { cwd, env: environment });
    let [out, err] = ['', ''];
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      err += data.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
    onStart(child);
  });
