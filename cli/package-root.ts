import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** This stands in cli/, and compiled in dist/cli. */
const above = join(import.meta.dirname, '..');

/** The package's root. */
export const packageRoot = existsSync(join(above, 'package.json')) ? above : join(above, '..');
