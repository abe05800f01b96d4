import type { Property } from '../../model/property/property.ts';
import { allOrNothing, isFunction, limited, once } from './run.property.ts';

/** The claims about application servers. */
export const applicationProperties: readonly Property[] = [isFunction, allOrNothing, once, limited];
