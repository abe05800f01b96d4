/**
 * Runs a step while the sources of difference between two runs are out of reach: chance and the clock throw. A role, a
 * guard or an action that reaches for them fails at once, with a sentence, and not on another machine.
 */
export const withoutAmbient = <T>(run: () => T): T => {
  const { random } = Math;
  const clock = Date.now;
  const trap = (what: string) => (): never => {
    throw new Error(`a role called ${what}; chance is an effect (send to some) or a choice, time is after, or the field \`at\` of a timed command`);
  };
  Math.random = trap('Math.random');
  Date.now = trap('Date.now');
  try {
    return run();
  } finally {
    Math.random = random;
    Date.now = clock;
  }
};
