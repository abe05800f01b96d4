import type { Property } from '../../model/property/property.ts';
import { cache } from './cache.property.ts';
import { ends } from './ends.property.ts';
import { idempotent } from './idempotent.property.ts';
import { lostUpdate } from './lost-update.property.ts';
import { pair } from './pair.property.ts';
import { postOnce } from './post-once.property.ts';
import { safe } from './safe.property.ts';
import { sameAnswer } from './same-answer.property.ts';

/** The claims about the web. */
export const webProperties: readonly Property[] = [safe, idempotent, postOnce, lostUpdate, pair, ends, cache, sameAnswer];
