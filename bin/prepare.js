// Runs after `npm ci` in a checkout: compiles to dist/, and links the command so that `npx rolecall` finds it in the
// project's own folder (npm links the commands of dependencies only; without the link npx would install the folder anew).
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

const has = (name) => {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
};

// npx runs this once more when it links the project into its own folder; what `npm ci` has just compiled is good.
if (process.env.npm_command === 'exec' && existsSync(join(root, 'dist', 'cli', 'main.js'))) process.exit(0);

// An install without development dependencies has nothing to compile with, and must not fail for it.
if (has('typescript') && has('@tsconfig/strictest/tsconfig.json') && existsSync(join(root, 'node_modules', '@types', 'node'))) {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  try {
    execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
  } catch {
    process.exit(1); // The compiler has said why.
  }
} else if (!existsSync(join(root, 'dist'))) {
  process.stdout.write('rolecall: not compiled, because the development dependencies are absent. Install them and type: npm run build\n');
}

const bin = join(root, 'node_modules', '.bin');
if (process.platform !== 'win32' && existsSync(join(root, 'node_modules')) && !existsSync(join(bin, 'rolecall'))) {
  mkdirSync(bin, { recursive: true });
  rmSync(join(bin, 'rolecall'), { force: true });
  symlinkSync(join('..', '..', 'bin', 'rolecall.js'), join(bin, 'rolecall'));
}
