import type { Property } from '../../model/property/property.ts';
import { delivered } from './delivered.property.ts';
import { stored } from './stored.property.ts';
import { subscribers } from './subscribers.property.ts';

/** The claims about push. */
export const pushProperties: readonly Property[] = [stored, delivered, subscribers];
