import { RolecallError } from '../../../kernel/errors.ts';
import type { Place } from '../../../property/arena.ts';
import type { CheckOptions } from '../options.ts';
import type { Reducing } from '../reduction/reducing.ts';

const refused = (scenario: string, why: string, advice: string): RolecallError =>
  new RolecallError({
    code: 'WORKERS_ALONE',
    message: `One thread alone can search this: ${why}.`,
    place: scenario,
    advice,
  });

/** @throws RolecallError where a search cannot be shared out among threads. */
export const mustShare = ({ scenario, order }: CheckOptions, { system }: Place, { symmetry, ample }: Reducing): void => {
  if (order === 'depth')
    throw refused(scenario, 'depth first, the next world follows from the one before', 'Search breadth first, or leave --workers out.');
  if (system.ticks !== undefined) throw refused(scenario, 'time passes in units, of which each world is asked', 'Leave --workers out.');
  if (symmetry !== null || ample !== null)
    throw refused(scenario, 'what is left out follows from what was found before', 'Add --no-reduction, or leave --workers out.');
};
