import type { Property } from '../../model/property/property.ts';
import { fate, goesOn, stopsOne } from './fate.property.ts';
import { many } from './many.property.ts';

/** The claims about hosts with many programs. */
export const homeProperties: readonly Property[] = [many, fate, stopsOne, goesOn];
