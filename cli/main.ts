/** The command line; bin/rolecall.js calls it. */
export const main = async (argv: readonly string[]): Promise<void> => {
  process.stdout.write(`${argv.length > 2 ? '0.1.0' : 'rolecall'}\n`);
};
