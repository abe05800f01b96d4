import type { InstanceView, Monitor, WorldView } from '../../model/property/property.ts';
import type { DeviceMemory } from '../../spec/print/clients.ts';
import type { PrintRoles } from '../../spec/print/protocol.ts';
import type { Job, Spool } from '../../spec/print/spooler.ts';
import type { Result } from '../../spec/request-response/messages.ts';

export type World = WorldView<PrintRoles>;
export type MonitorHere = Monitor<PrintRoles>;

/** The jobs that the print server holds, also while it is down. */
export const jobsIn = (world: World): readonly Job[] => {
  const [printer] = world.all('printer');
  const stored = printer?.stored['server'] as { readonly state: Spool } | undefined;
  return (printer?.running === true ? (printer.context.state as unknown as Spool) : stored?.state)?.jobs ?? [];
};

/** The jobs that came out as paper, in order: a device that has fetched a job and means to print it does so before it notes it. */
export const paper: MonitorHere = {
  initial: { paper: [], noted: 0 },
  next: (state, { role, effect, local }) => {
    const { paper, noted } = state as unknown as { readonly paper: readonly number[]; readonly noted: number };
    if (role !== 'device') return state;
    if (effect.type === 'persist') return { paper, noted: (effect.value as unknown as { readonly local: DeviceMemory }).local.printed.length };
    if (effect.type !== 'return' || effect.operation !== 'Fetch-Job' || !effect.outcome.definite) return state;
    const { printed } = (local.context as { readonly local: DeviceMemory }).local;
    return { paper: [...paper, ...printed.slice(noted)], noted };
  },
};

export const paperIn = (world: World): readonly number[] => (world.monitor('paper') as { readonly paper: readonly number[] }).paper;

/** What the users were told: by operation, the jobs that it was carried out for, and who had asked. */
export type Told = { readonly by: string; readonly operation: string; readonly job: number };

export const told: MonitorHere = {
  initial: [],
  next: (state, { host, role, effect }) => {
    if (role !== 'user' || effect.type !== 'return' || !effect.outcome.definite || effect.operation === 'Get-Jobs') return state;
    const { ok, value } = effect.outcome.value as Result & { readonly value?: number };
    return ok ? [...(state as readonly Told[]), { by: host, operation: effect.operation, job: value as number }] : state;
  },
};

export const toldIn = (world: World, operation: string): readonly Told[] =>
  (world.monitor('told') as readonly Told[]).filter((each) => each.operation === operation);

export const showPrinter = ({ context }: InstanceView<PrintRoles['printer']>): string =>
  (context.state as unknown as Spool).jobs.map(({ id, state }) => `job ${id} ${state}`).join(', ') || 'no jobs';

export const showDevice = ({ context }: InstanceView<PrintRoles['device']>): string => `printed: ${context.local.printed.join(' ') || 'nothing'}`;
