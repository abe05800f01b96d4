import type { Property } from '../../model/property/property.ts';
import { bank } from './bank.property.ts';
import { databaseLinearizable } from './linearizable.property.ts';

/** The claims about databases. */
export const databaseProperties: readonly Property[] = [databaseLinearizable, bank];
