import { describe } from 'vitest';
import { executes, guide } from './documented.ts';

describe.each(guide)('%s', executes);
