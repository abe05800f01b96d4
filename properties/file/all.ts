import type { Property } from '../../model/property/property.ts';
import { exclusiveCreate, nfs3Once, nfs4Once } from './once.property.ts';
import { savedIsKept } from './stable.property.ts';

/** The claims about files. */
export const fileProperties: readonly Property[] = [nfs3Once, exclusiveCreate, savedIsKept, nfs4Once];
