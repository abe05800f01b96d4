import type { Mutant } from '../../protocol/protocol.ts';
import type { Property } from '../../property/property.ts';

/** A mutant, and the property that plants it; null for a generated one, which any may find. */
export interface Planted {
  readonly id: string;
  readonly mutant: Mutant;
  readonly by: Property | null;
}

/** The mutants that properties plant, each with its property. */
export const plantedMutants = (properties: readonly Property[]): readonly (Planted & { readonly by: Property })[] =>
  properties.flatMap((by) => Object.entries(by.type.mutants ?? {}).map(([id, mutant]) => ({ id, mutant, by })));
