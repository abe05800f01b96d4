import type { Property } from '../../model/property/property.ts';
import { hostRolesProperty } from './host-roles.property.ts';
import { switchLoop } from './loop.property.ts';
import { hostLife } from './life.property.ts';
import { callPaired } from './paired.property.ts';
import { bothSlower, sharedProcessor } from './slower.property.ts';
import { switched } from './switch.property.ts';

/** The claims about hosts. */
export const hostProperties: readonly Property[] = [hostLife, hostRolesProperty, callPaired, switched, switchLoop, bothSlower, sharedProcessor];
