/**
 * Runs a step while the sources of difference between two runs are out of reach: chance and the clock throw. A role, a
 * guard or an action that reaches for them fails at once, with a sentence, and not on another machine.
 */
export const withoutAmbient = <T>(run: () => T): T => {
  const surroundings = globalThis as unknown as Record<string, unknown>;
  const { random } = Math;
  const { Date: clock } = surroundings;
  Math.random = trap('Math.random');
  surroundings['Date'] = noClock;
  try {
    return run();
  } finally {
    Math.random = random;
    surroundings['Date'] = clock;
  }
};

const trap = (what: string) => (): never => {
  throw new Error(`a role called ${what}; chance is an effect (send to some) or a choice, time is after, or the field \`at\` of a timed command`);
};

const noClock = new Proxy(function noClock() {}, {
  get: (_, name) => trap(`Date.${String(name)}`),
  apply: trap('Date'),
  construct: trap('new Date'),
});
