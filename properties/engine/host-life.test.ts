import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { Random } from '../../model/kernel/random.ts';
import { namedHost } from '../../model/protocol/scenario.ts';
import { life as lifeMachine, type LifeContext, type LifeEvent, type RoleStatus } from '../../spec/host/life.ts';
import { lives } from '../../model/world/system.ts';
import { speakerRole, stage, Theatre } from './speaker.ts';

/** The engine's hosts live as `spec/host` says: what can happen to them is what that chart takes, no less and no more. */

const faults = { crash: 9, pause: 9, join: 9, leave: 1, stopRole: 9, startRole: 9, install: 9, uninstall: 9 };
const hosts = [namedHost('ann', ['speaker', 'other'], { stopped: ['other'] }), namedHost('ben', ['speaker', 'other'], { off: true })];

const about = new Set(['Join', 'Crash', 'Restart', 'Pause', 'Resume', 'Leave', 'StopRole', 'StartRole', 'Install', 'Uninstall']);

/** Every event that could be thought of for a host. */
const all: readonly LifeEvent[] = [
  ...(['Join', 'Crash', 'Restart', 'Pause', 'Resume', 'Leave'] as const).map((type) => ({ type })),
  ...(['StopRole', 'StartRole', 'Install', 'Uninstall'] as const).flatMap((type) => ['speaker', 'other'].map((role) => ({ type, role }))),
];

const statuses = ['running', 'stopped', 'uninstalled'] as const;

describe.each(['datagram', 'connection'] as const)('a host on a network of kind %s', (link) => {
  it('lives as its chart says', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const random = new Random(seed);
        const theatre = new Theatre(stage({ speaker: speakerRole({}), other: speakerRole({}) }, { hosts, network: { link }, faults }));
        const charts = new Map(
          hosts.map(({ name, off, stopped }) => {
            const roles: LifeContext['roles'] = {
              speaker: 'running',
              other: stopped?.includes('other') === true ? 'stopped' : 'running',
            } satisfies Record<string, RoleStatus>;
            const chart = createActor(lifeMachine, { input: { roles } }).start();
            if (off !== true) chart.send({ type: 'Join' });
            return [name as string, chart] as const;
          }),
        );
        for (let step = 0; step < 25; step++) {
          const enabled = theatre.names().filter((action) => about.has(action.type));
          for (const [host, chart] of charts) {
            const can = all.filter((event) => chart.getSnapshot().can(event)).map((event) => JSON.stringify({ ...event, host: undefined }));
            const engine = enabled
              .filter((action) => 'host' in action && action.host === host)
              .map((action) => JSON.stringify({ ...action, host: undefined }));
            if (theatre.names().length > 0) expect(engine.sort()).toEqual(can.filter((each) => isLeft(each, theatre)).sort());
            const index = theatre.system.hosts.indexOf(host);
            expect(lives[theatre.world.life(index)]).toBe(chart.getSnapshot().value);
            for (const instance of theatre.system.instances.filter((each) => each.host === index))
              expect(statuses[theatre.world.status(instance.index)]).toBe(chart.getSnapshot().context.roles[instance.role.name]);
          }
          if (enabled.length === 0) break;
          const action = random.pick(enabled) as LifeEvent & { readonly host: string };
          seen.add(action.type);
          theatre.do(action as never);
          charts.get(action.host)?.send('role' in action ? { type: action.type, role: action.role } : { type: action.type });
        }
      }),
      { numRuns: 60 },
    );
    expect([...seen].sort()).toEqual([...about].sort());
  });
});

/** Budgets are no part of a host's life: what is spent for all is not looked for. */
const isLeft = (event: string, theatre: Theatre): boolean => {
  const { type } = JSON.parse(event) as { type: string };
  const slot = theatre.system.budgetSlot.get(`${(type[0] as string).toLowerCase()}${type.slice(1)}` as never);
  return slot === undefined || theatre.world.budget(slot) > 0;
};
