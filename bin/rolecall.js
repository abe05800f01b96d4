#!/usr/bin/env node
// The command. TypeScript is compiled to dist/ when the package is installed; this only finds it.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`rolecall needs Node 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exit(64);
}

const main = await import('../dist/cli/main.js').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('dist/cli/main.js')) throw error;
  process.stderr.write('NOT_BUILT: dist/ is missing.\n  Build it with: npm run build\n');
  process.exit(70);
});
await main.main(process.argv);
