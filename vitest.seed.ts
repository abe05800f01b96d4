/** The seed of every fast-check run of the tests: fixed, so that a red test is red again; ROLECALL_SEED draws others. */
const DEFAULT_SEED = 20;

export const testSeed = (): number => {
  const given = process.env['ROLECALL_SEED'] ?? '';
  return /^-?\d+$/.test(given) ? Number(given) | 0 : DEFAULT_SEED;
};

/** Once before all tests of each project; printed for the first. */
export const setup = (): void => {
  if (process.env['ROLECALL_SEED_PRINTED'] !== undefined) return;
  process.env['ROLECALL_SEED_PRINTED'] = 'yes';
  process.stdout.write(`seed ${testSeed()} (fast-check; another with ROLECALL_SEED=n npm test)\n`);
};
