import * as fc from 'fast-check';
import { testSeed } from './vitest.seed.ts';

fc.configureGlobal({ seed: testSeed() });
