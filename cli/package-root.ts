import { fileURLToPath } from 'node:url';

/** The package's root; the compiled file stands in dist/cli. */
export const packageRoot = fileURLToPath(new URL('../../', import.meta.url));
