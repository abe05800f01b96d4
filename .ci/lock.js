// Completes package-lock.json: a registry that serves one platform only leaves the others' optional packages out of the
// lock, and `npm ci` then refuses it. Each hole gets the entry that says for which platform the package is.
// Type `node .ci/lock.js` after `npm install`; without holes it changes nothing.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));

const first = (name, words) => words.find((word) => new RegExp(`(^|[-./])${word}($|[-./])`).test(name));

/** What the name of a platform package says: `@biomejs/cli-linux-x64-musl`. */
const platform = (name) => {
  const os = first(name, ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']);
  const cpu = first(name, ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']);
  const libc = first(name, ['musl']) ?? (first(name, ['gnu']) && 'glibc');
  if (name === 'fsevents') return { os: ['darwin'] };
  if (cpu === undefined) throw new Error(`${name}: for which platform is it?`);
  return { ...(os && { os: [os] }), cpu: [cpu], ...(os === 'linux' && libc && { libc: [libc] }) };
};

const holes = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
  Object.entries(optionalDependencies).flatMap(([name, version]) => {
    const nested = `${path}/node_modules/${name}`;
    return lock.packages[nested] || lock.packages[`node_modules/${name}`]
      ? []
      : [[`node_modules/${name}`, { version: version.replace(/^[~^]/, ''), ...(dev && { dev }), optional: true, ...platform(name) }]];
  }),
);

if (holes.length > 0) {
  const sorted = Object.entries({ ...lock.packages, ...Object.fromEntries(holes) }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
}
process.stdout.write(`${holes.length} entries added to package-lock.json\n`);
