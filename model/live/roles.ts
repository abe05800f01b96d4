import type { HostName } from '../role/effect.ts';
import type { Step } from '../role/remember.ts';
import type { Offered } from '../world/engine.ts';
import type { Instance, System } from '../world/system.ts';
import { LiveTimers } from './awaited.ts';
import type { RoleStatus } from './past.ts';
import type { Stored } from './surroundings.ts';

/** A command or a choice that a role of this host offers now. */
export interface OwnOffer extends Offered {
  readonly instance: Instance;
}

/** The roles of one host, and the local state that each is in. */
export class LiveRoles {
  readonly timers: LiveTimers;
  private readonly own: readonly Instance[];
  private readonly locals = new Map<number, number>();
  private readonly status = new Map<number, RoleStatus>();

  /** @param past how roles are by what befell them before; the others are as the scenario says. */
  constructor(system: System, host: HostName, past: Readonly<Record<string, RoleStatus>>) {
    this.timers = new LiveTimers(system);
    this.own = system.instances.filter(({ hostName }) => hostName === host);
    for (const { index, role, stopped } of this.own) this.status.set(index, past[role.name] ?? (stopped ? 'stopped' : 'running'));
  }

  /** Those that run. */
  get running(): readonly Instance[] {
    return this.own.filter(({ index }) => this.runs(index));
  }

  runs(instance: number): boolean {
    return this.status.get(instance) === 'running';
  }

  /** A role that is installed or was, by its name. */
  find(role: string): Instance | undefined {
    return this.own.find((instance) => instance.role.name === role);
  }

  start({ index, role, params }: Instance, stored: Stored): Step {
    const step = role.memory.start({ stored: stored[role.name] ?? {}, params });
    this.status.set(index, 'running');
    this.locals.set(index, step.next);
    this.timers.reset(index, step);
    return step;
  }

  /** It takes no further step, and none of its timers fires. */
  stop({ index }: Instance, status: 'stopped' | 'uninstalled'): void {
    this.status.set(index, status);
    this.timers.forget(index);
  }

  /** @param fired the timer whose event it is. */
  step({ index, role }: Instance, event: number, fired: readonly string[]): Step {
    const step = role.memory.step(this.locals.get(index) as number, event);
    this.locals.set(index, step.next);
    this.timers.after(index, fired, step);
    return step;
  }

  /** @param allowed commands with a budget, as `role.command`; choices need none. */
  offered(allowed: readonly string[]): readonly OwnOffer[] {
    return this.running.flatMap((instance) =>
      instance.role
        .offered(this.locals.get(instance.index) as number)
        .filter(({ kind, name }) => kind === 'choice' || (kind === 'command' && allowed.includes(`${instance.role.name}.${name}`)))
        .map((offered): OwnOffer => ({ instance, ...offered })),
    );
  }
}
