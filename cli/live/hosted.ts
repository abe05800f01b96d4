import type { AnyActorLogic } from 'xstate';
import { Random } from '../../model/kernel/random.ts';
import { LiveHost } from '../../model/live/host.ts';
import { pastOf } from '../../model/live/past.ts';
import type { Surroundings } from '../../model/live/surroundings.ts';
import { mutantOf, scenarioOf } from '../../model/property/arena.ts';
import { settingOfTrace } from '../../model/trace/setting.ts';
import { Engine } from '../../model/world/engine.ts';
import { type Instance, System } from '../../model/world/system.ts';
import type { Entry } from '../catalogue.ts';
import { Entrance } from './entrance.ts';
import { HostFiles } from './host-files.ts';
import { Mishaps } from './mishaps.ts';
import { Outgoing } from './outgoing.ts';
import type { Order, Plan, Report } from './plan.ts';
import { Promises } from './promises.ts';
import { Turns } from './turns.ts';
import { Wires } from './wires.ts';

/** What stands for the driver among those that are waited for; no host is called so. */
const driver = '\0driver';

/** The world that a process plays a part in, as its log will be judged. */
const systemOf = ({ head }: Plan, { protocol, properties }: Entry): System => {
  const scenario = scenarioOf(protocol, head.scenario);
  const mutant = mutantOf(properties, head.mutant)?.mutant ?? null;
  const engine = new Engine(protocol, scenario.domain ?? (Object.keys(protocol.domains)[0] as string), mutant);
  return new System(engine, scenario, settingOfTrace(scenario, head), 0);
};

/** One host in a process of its own: sockets, files and the clock of this machine around {@link LiveHost}. */
export class Hosted {
  private readonly plan: Plan;
  private readonly system: System;
  private readonly host: LiveHost;
  private readonly report: (what: Report) => void;
  private readonly wires: Wires;
  private readonly outgoing: Outgoing;
  private readonly turns: Turns;
  private readonly promises: Promises;
  private readonly entrance: Entrance;
  private readonly mishaps: Mishaps;

  constructor(plan: Plan, entry: Entry, report: (what: Report) => void) {
    this.plan = plan;
    this.report = report;
    this.system = systemOf(plan, entry);
    const files = new HostFiles(plan.folder, plan.host);
    const first = this.system.setting.hosts.find(({ name }) => name === plan.host)?.stored?.() ?? {};
    const before = { ...pastOf(files.lines()), stored: files.values() ?? first };
    this.host = new LiveHost(this.system, plan.host, before, new Random(plan.seed), this.around(files));
    this.promises = new Promises((error) => report({ did: 'throw', error }));
    this.turns = new Turns(
      () => this.watched(() => this.host.next()),
      () => this.host.hasWork,
    );
    this.outgoing = new Outgoing(!this.system.connection, (to, packet) => this.wires.write(to, { kind: 'packet', ...packet }));
    this.wires = new Wires(plan, {
      isNeighbour: (host) => this.host.neighbours.includes(host),
      roles: () => this.host.running,
      greeted: (host, roles) => this.entrance.greeted(host, roles),
      welcomed: (host, clock, roles) => this.entrance.welcomed(host, clock, roles),
      heard: (host, frame) => {
        if (frame.kind === 'go') {
          this.host.linkUp(host, frame.clock);
          this.turns.goOn(host);
        } else if (frame.kind === 'role') this.mishaps.changed(host, frame);
        else this.host.receive(host, frame);
        this.turns.schedule();
      },
      closed: (host) => this.closed(host),
    });
    const { host, wires, outgoing, turns } = this;
    this.entrance = new Entrance({ plan, host, wires, outgoing, turns, report });
    this.mishaps = new Mishaps({ system: this.system, host, wires, outgoing, turns, report });
  }

  private around(files: HostFiles): Surroundings {
    return {
      send: (to, packet) => this.outgoing.send(to, packet),
      keep: (lines, stored) => files.keep(lines, stored),
      damage: (line, stored, role, key) => files.damage(line, stored, role, key),
      arm: (instance, timer, round, delayMs) => {
        const inMs = Math.min(0x7fffffff, Math.max(1, Math.round(delayMs / this.plan.speed)));
        setTimeout(() => this.whenFree(() => this.host.fire(instance, timer, round)), inMs);
      },
      invoke: (instance, call, round) => {
        const { actors } = (this.system.instances[instance] as Instance).role.type.machine.implementations;
        this.promises.call(`${instance} ${call.id}`, actors[call.src] as AnyActorLogic, call, (how, answer) =>
          this.whenFree(() => this.host.settle(instance, call.id, round, how, answer)),
        );
      },
      abandon: (instance, id) => this.promises.abandon(`${instance} ${id}`),
    };
  }

  listen(): void {
    this.wires.listen((port) => this.report({ did: 'listen', port }));
  }

  obey(order: Order): void {
    switch (order.do) {
      case 'link':
        this.entrance.link(order.ports, order.awaits);
        break;
      case 'boot':
        this.entrance.boot();
        break;
      case 'act':
        this.whenFree(() => this.report({ did: 'act', taken: this.host.act(order.allowed) }));
        break;
      case 'lose':
      case 'double':
        this.outgoing.spoil(order.do);
        break;
      case 'pause':
        this.whenFree(() => this.mishaps.pause(order.forMs));
        break;
      case 'wait':
        this.turns.waitFor(driver);
        this.report({ did: 'wait', clock: this.host.clockNow });
        break;
      case 'go':
        this.turns.goOn(driver);
        break;
      case 'cut':
        for (const host of order.hosts) this.wires.close(host);
        this.report({ did: 'cut' });
        break;
      case 'mend':
        this.wires.greetAll(order.ports);
        break;
      case 'mute':
        this.outgoing.mute(order.hosts);
        break;
      case 'hold':
        this.outgoing.hold(order.host);
        break;
      case 'release':
        this.outgoing.release(order.host);
        break;
      case 'change':
        this.whenFree(() => void this.mishaps.change(order));
        break;
      case 'corrupt':
        this.whenFree(() => this.report({ did: 'corrupt', damaged: this.host.corrupt() }));
        break;
      case 'skew':
        this.whenFree(() => this.host.skew(order.perMille));
        break;
      case 'crash':
        this.whenFree(() => this.mishaps.crash(order.allowed));
        break;
      case 'stop':
        this.turns.stop();
        this.report({ did: 'stop' });
        break;
      default:
    }
  }

  private closed(host: string): void {
    if (this.turns.isOver) return;
    this.outgoing.closed(host);
    this.host.linkDown(host);
    this.turns.goOn(host);
  }

  private whenFree(run: () => void): void {
    this.turns.whenFree(() => this.watched(run));
  }

  private watched(run: () => void): void {
    run();
    this.mishaps.lookWhetherCrashed();
    if (this.host.threw !== null) this.report({ did: 'throw', error: this.host.threw });
  }
}
