import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AnyStateNode, setup } from 'xstate';
import { catalogue } from '../../cli/catalogue.ts';
import type { Rule } from '../../model/role/rule.ts';
import type { EveryWorldCounts } from '../shared/every-world.ts';
import { root, sourceOf, sourcesOf, type Source } from './sources.ts';

/** The rules of the house (CONTRIBUTING.md): which way imports point, and what may not decide a run. */

const sources = sourcesOf('api', 'spec', 'model', 'properties', 'docs', 'cli', 'bench');
const isTest = (path: string): boolean => path.endsWith('.test.ts');
const product = sources.filter(({ path }) => !isTest(path) && path !== 'properties/engine/sources.ts');

/** Each imports itself and those before it. */
const layers = ['kernel', 'role', 'network', 'protocol', 'world', 'property', 'coverage', 'trace', 'explore', 'live'];

/** Rooms of `spec/` that put services together; nothing imports them. */
const composing = ['home'];

const allowed = (from: string, to: string): boolean => {
  if (!/^(api|spec|model|properties|docs|cli|bench|traces)\//.test(to)) return true; // A package.
  const [top = '', room = ''] = from.split('/');
  const [toTop = '', toRoom = ''] = to.split('/');
  switch (top) {
    case 'model':
      return toTop === 'model' && layers.indexOf(toRoom) <= layers.indexOf(room) && layers.includes(toRoom);
    case 'spec':
      if (toTop === 'model') return ['kernel', 'role', 'network', 'protocol'].includes(toRoom);
      return toTop === 'spec' && (toRoom === room || toRoom === 'host' || toRoom === 'request-response' || composing.includes(room));
    case 'properties':
      return toTop === 'spec' || toTop === 'model' || toTop === 'properties';
    case 'docs':
      return toTop === 'docs' || toTop === 'spec' || toTop === 'model' || toTop === 'properties';
    case 'cli':
      return toTop !== 'bench' && toTop !== 'api';
    case 'api': // What the package offers, gathered; nothing imports it.
      return toTop === 'model' || toTop === 'cli';
    case 'bench':
      return toTop !== 'cli' || toRoom === 'catalogue.ts';
    default:
      return false;
  }
};

/** What would let the machine, and not the seed, decide a run. */
const surroundings =
  /\bMath\.random\b|(?<![.\w])(?:Date|performance|setTimeout|setInterval|setImmediate|queueMicrotask|process|crypto)(?=\s*[.(])|\bnew Date\b|\bglobalThis\b/g;

/** Functions that ECMAScript does not specify to the last bit. */
const inexact = /\bMath\.(?:log|log2|log10|log1p|exp|expm1|pow|sin|cos|tan|sinh|cosh|tanh|cbrt|atan2?|asin|acos)\b/g;

describe('the house', () => {
  it('has imports that point one way', () => {
    const wrong = product.flatMap(({ path, imports }) => imports.filter((to) => !allowed(path, to)).map((to) => `${path} imports ${to}`));
    expect(wrong).toEqual([]);
  });

  it('has no import cycles', () => {
    expect(cyclesIn(product)).toEqual([]);
  });

  it('has no default exports but those that a configuration is read by', () => {
    const modules = product.filter(({ path }) => !path.endsWith('.config.ts'));
    expect(modules.filter(({ code }) => /\bexport\s+default\b|\bas\s+default\b/.test(code)).map(({ path }) => path)).toEqual([]);
  });

  it('reads neither clock nor randomness nor surroundings in spec, model and properties', () => {
    // The purity guard replaces these functions, so that a role that calls one is found.
    const rooms = product.filter(({ path }) => /^(spec|model|properties)\//.test(path) && path !== 'model/role/purity.ts');
    expect(findings(rooms, surroundings)).toEqual([]);
    const impure = rooms.flatMap(({ path, imports }) => imports.filter((name) => name.startsWith('node:')).map((name) => `${path} imports ${name}`));
    expect(impure).toEqual([]);
  });

  it('compares text by code units only, on every machine alike', () => {
    expect(findings(product, /\blocaleCompare\b|\bIntl\b|\btoLocale\w*String\b/g)).toEqual([]);
  });

  it('decides nothing in spec and model by a float', () => {
    const stated = (path: string): boolean => path.startsWith('model/explore/confidence'); // The bound at 95 % is shown, and decides nothing.
    expect(
      findings(
        product.filter(({ path }) => /^(spec|model)\//.test(path) && !stated(path)),
        inexact,
      ),
    ).toEqual([]);
  });
});

describe('every transition', () => {
  it('of every role, in every domain of every protocol of the catalogue, carries its rule with a source', async () => {
    const bare: string[] = [];
    let seen = 0;
    for (const { protocol } of await Promise.all(catalogue.map(({ load }) => load())))
      for (const domain of Object.values(protocol.domains))
        for (const [role, { machine }] of Object.entries(protocol.rolesOver(domain as object)))
          for (const { place, meta } of transitionsOf(machine.root)) {
            seen += 1;
            const { rule, source } = (meta ?? {}) as Partial<Rule>;
            if (typeof rule !== 'string' || rule === '' || typeof source !== 'string' || source.length < 3)
              bare.push(`${protocol.id}, ${role}: ${place}`);
          }
    expect(bare).toEqual([]);
    expect(seen).toBeGreaterThan(50);
  });

  it('of every state is walked: events, delays, always, done', () => {
    const machine = setup({ delays: { laterMs: 1 } }).createMachine({
      initial: 'a',
      on: { root: '.a' },
      states: {
        a: { always: { guard: () => false, target: 'b' }, after: { laterMs: 'b' }, initial: 'x', states: { x: { type: 'final' } }, onDone: 'b' },
        b: {},
      },
    });
    expect(transitionsOf(machine.root)).toHaveLength(4);
  });
});

describe('every scenario that is explored whole', () => {
  /** Protocols that share a folder; the counts of these are compared with the published ones. */
  const reference = ['two-phase-commit', 'transaction-commit', 'ping-pong', 'single-copy-register'];

  it('has its worlds counted by a test of its protocol, so that no claim names one that nothing runs', async () => {
    const uncounted: string[] = [];
    for (const { protocol } of await Promise.all(catalogue.filter(({ id }) => !reference.includes(id)).map(({ load }) => load()))) {
      const whole = Object.keys(protocol.scenarios).filter((name) => protocol.scenarios[name]?.exhaustive === true);
      const { everyWorldCounts } = (await import(`../${protocol.id}/counts.ts`)) as { everyWorldCounts: EveryWorldCounts };
      uncounted.push(...whole.filter((name) => !(name in everyWorldCounts)).map((name) => `${protocol.id}: ${name}`));
      const test = sources.find(({ path }) => path === `properties/${protocol.id}/counts.test.ts`);
      if (test?.imports.includes(`properties/${protocol.id}/counts.ts`) !== true) uncounted.push(`${protocol.id}: no test compares its counts`);
    }
    expect(uncounted).toEqual([]);
  });

  it('stands behind every claim about a service, but for those that are said here', async () => {
    const services = ['web', 'file', 'mail', 'database', 'print', 'application', 'push', 'chat', 'stream'];
    const unexplored: string[] = [];
    const unseen: string[] = [];
    for (const { protocol, properties } of await Promise.all(catalogue.filter(({ id }) => services.includes(id)).map(({ load }) => load()))) {
      const { everyWorldCounts } = (await import(`../${protocol.id}/counts.ts`)) as { everyWorldCounts: EveryWorldCounts };
      for (const { type } of properties) {
        const whole = type.holdsUnder.filter((name) => protocol.scenarios[name]?.exhaustive === true);
        if (whole.length === 0) unexplored.push(type.id);
        else if (whole.every((name) => everyWorldCounts[name]?.showsNothingOf?.includes(type.id))) unseen.push(type.id);
      }
    }
    // What goes on without end is judged by runs that settle: clocks that always tick, a studio that always sends.
    expect(unexplored).toEqual(['LEASES-RUN-OUT', 'STREAM-GOES-ON']);
    // It must see two mails that wait, and its small scenario, whose runs have no end, has one.
    expect(unseen).toEqual(['MAIL-DELIVERED']);
  });
});

/** Every transition of a state and of the states in it, with the place where it stands. */
const transitionsOf = (node: AnyStateNode): { readonly place: string; readonly meta: unknown }[] => [
  ...[...node.transitions].flatMap(([event, all]) => all.map(({ meta }) => ({ place: `${node.id} on ${event}`, meta: meta as unknown }))),
  ...(node.always ?? []).map(({ meta }) => ({ place: `${node.id} always`, meta: meta as unknown })),
  ...Object.values(node.states).flatMap((inner) => transitionsOf(inner)),
];

describe('the lock file', () => {
  it('names the optional packages of every platform, so that `npm ci` accepts it (node .ci/lock.js fills holes)', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const holes = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {}).filter(
        (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
      ),
    );
    expect(holes).toEqual([]);
  });
});

describe('these rules', () => {
  const file = (path: string, text: string): Source => sourceOf(path, text);

  it('find an import against the direction', () => {
    expect(allowed('model/kernel/x.ts', 'model/role/rule.ts')).toBe(false);
    expect(allowed('model/role/rule.ts', 'model/kernel/x.ts')).toBe(true);
    expect(allowed('spec/blockchain/peer.ts', 'model/world/action.ts')).toBe(false);
    expect(allowed('spec/host/host.ts', 'spec/blockchain/peer.ts')).toBe(false);
    expect(allowed('spec/web/browser.ts', 'spec/file/user.ts')).toBe(false);
    expect(allowed('spec/home/protocol.ts', 'spec/file/protocol.ts')).toBe(true);
    expect(allowed('spec/file/protocol.ts', 'spec/home/protocol.ts')).toBe(false);
    expect(allowed('docs/generator/page.ts', 'cli/catalogue.ts')).toBe(false);
    expect(allowed('properties/host/life.ts', 'docs/generator/page.ts')).toBe(false);
  });

  it('read imports of every form', () => {
    const text =
      "import a from 'zod';\nimport type { B } from '../role/rule.ts';\nexport { c } from './c.ts';\nconst d = await import('./d.ts');\nimport {\n  e,\n} from './e.ts';\n// import x from './x.ts'";
    expect(file('model/world/a.ts', text).imports).toEqual(['zod', 'model/role/rule.ts', 'model/world/c.ts', 'model/world/d.ts', 'model/world/e.ts']);
  });

  it('find a cycle', () => {
    expect(cyclesIn([file('spec/a.ts', "import './b.ts'"), file('spec/b.ts', "import './a.ts'"), file('spec/c.ts', "import './a.ts'")])).toEqual([
      'spec/a.ts → spec/b.ts → spec/a.ts',
    ]);
  });

  it('find what reads the surroundings, and not the word in a sentence', () => {
    const text =
      "// Date.now() is banned\nconst say = 'process.exit';\nconst a = Math.random() + Date.now();\nsetTimeout(() => {}, 1);\nqueue.process(b);\n`${new Date()}`";
    expect(findings([file('spec/a.ts', text)], surroundings)).toEqual([
      'spec/a.ts: Math.random',
      'spec/a.ts: Date',
      'spec/a.ts: setTimeout',
      'spec/a.ts: new Date',
    ]);
    expect(findings([file('spec/a.ts', 'const x = 2 ** 8 + Math.floor(3) + Math.log2(8);')], inexact)).toEqual(['spec/a.ts: Math.log2']);
  });
});

const findings = (files: readonly Source[], pattern: RegExp): string[] =>
  files.flatMap(({ path, code }) => [...code.matchAll(pattern)].map((match) => `${path}: ${match[0]}`));

/** Depth first; each cycle is named once, by the edge that closes it. */
const cyclesIn = (files: readonly Source[]): string[] => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, above: readonly string[]): void => {
    if (above.includes(path)) cycles.push([...above.slice(above.indexOf(path)), path].join(' → '));
    if (done.has(path) || above.includes(path)) return;
    for (const next of byPath.get(path)?.imports ?? []) visit(next, [...above, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return cycles;
};
