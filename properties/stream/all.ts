import type { Property } from '../../model/property/property.ts';
import { complete, forward, gaps, goesOn } from './stream.property.ts';

/** The claims about streams. */
export const streamProperties: readonly Property[] = [forward, gaps, goesOn, complete];
