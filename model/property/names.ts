import { RolecallError } from '../kernel/errors.ts';
import { didYouMean } from '../kernel/nearest.ts';
import { byCodeUnits } from '../kernel/order.ts';
import { nodesOf } from '../role/nodes.ts';
import type { RoleType } from '../role/role.ts';
import type { Domain } from '../protocol/protocol.ts';
import type { Engine, EngineRole } from '../world/engine.ts';

type Machine = RoleType['machine'];

const statesOf = (machine: Machine): readonly string[] => nodesOf(machine).map((node) => node.path.join('.'));
const tagsOf = (machine: Machine): readonly string[] => nodesOf(machine).flatMap((node) => node.tags);

/**
 * The names that a claim may ask a world for. One that is misspelt would say no for ever, and the claim would hold of
 * everything; so it is refused. What a role has over another domain, where a claim serves several, may be asked for.
 */
export class Names {
  private readonly engine: Engine;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** @throws RolecallError `CLAIM_ASKS` where no role is called so. */
  role(name: string): void {
    if (!this.engine.roles.has(name)) this.look('role', name, () => this.roles().map(([role]) => role));
  }

  /** @throws RolecallError `CLAIM_ASKS` where the role has no such state. */
  state({ name, type }: EngineRole, state: string): void {
    this.look(`state of ${name}`, state, () => [type.machine, ...this.machines(name)].flatMap(statesOf));
  }

  /** @throws RolecallError `CLAIM_ASKS` where no state of the role has such a tag. */
  tag({ name, type }: EngineRole, tag: string): void {
    this.look(`tag of ${name}`, tag, () => [type.machine, ...this.machines(name)].flatMap(tagsOf));
  }

  /** @throws RolecallError `CLAIM_ASKS`, for the claim has no such monitor. */
  monitor(name: string, monitors: readonly string[]): never {
    return this.refused('monitor', name, monitors);
  }

  private look(what: string, name: string, names: () => readonly string[]): void {
    const all = [...new Set(names())].filter((each) => each !== '').sort(byCodeUnits);
    if (!all.includes(name)) this.refused(what, name, all);
  }

  private refused(what: string, name: string, known: readonly string[]): never {
    throw new RolecallError({
      code: 'CLAIM_ASKS',
      message: `a claim asks for the ${what} called ${name}, which there is not`,
      place: this.engine.protocol.id,
      advice: didYouMean(name, known),
    });
  }

  private roles(): readonly (readonly [string, RoleType])[] {
    const { domains, rolesOver } = this.engine.protocol;
    return Object.values<Domain>(domains).flatMap((domain) => Object.entries(rolesOver(domain)));
  }

  private machines(name: string): readonly Machine[] {
    return this.roles().flatMap(([role, { machine }]) => (role === name ? [machine] : []));
  }
}
