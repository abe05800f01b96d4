import { createServer, connect, type Socket } from 'node:net';
import type { AnyActorLogic } from 'xstate';
import { Random } from '../../model/kernel/random.ts';
import { type Clock, merged } from '../../model/live/clock.ts';
import { type Frame, frameOf, frameText, Lines } from '../../model/live/frame.ts';
import { LiveHost } from '../../model/live/host.ts';
import type { Packet } from '../../model/live/surroundings.ts';
import { mutantOf, scenarioOf } from '../../model/property/arena.ts';
import { settingOfTrace } from '../../model/trace/setting.ts';
import { Engine } from '../../model/world/engine.ts';
import { type Instance, System } from '../../model/world/system.ts';
import { entriesOf } from '../names.ts';
import type { Entry } from '../catalogue.ts';
import { HostFiles } from './host-files.ts';
import type { Order, Plan, Report } from './plan.ts';
import { Promises } from './promises.ts';

/**
 * One host in a process of its own: sockets, files and the clock of this machine around {@link LiveHost}. The driver forks
 * it, and it ends with the driver.
 */
class HostProcess {
  private readonly plan: Plan;
  private readonly host: LiveHost;
  private readonly isDatagram: boolean;
  private readonly links = new Map<string, Socket>();
  /** Hosts that are about to start, or to be connected again; this one waits for them, for its pause to end, and for its driver. */
  private readonly blocked = new Set<string>();
  private readonly later: (() => void)[] = [];
  private readonly promises = new Promises((error) => report({ did: 'throw', error }));
  private readonly pending = new Set<string>();
  private known: Clock = {};
  private held: (() => void)[] | null = null;
  private scheduled = false;
  private stopped = false;
  private isBooted = false;
  private awaits = Number.POSITIVE_INFINITY;
  private lose = 0;
  /** Hosts to which nothing gets through, and what is kept back for others. */
  private muted: ReadonlySet<string> = new Set();
  private readonly back = new Map<string, Packet[]>();
  private double = 0;

  constructor(plan: Plan, { protocol, properties }: Entry) {
    this.plan = plan;
    const scenario = scenarioOf(protocol, plan.head.scenario);
    const mutant = mutantOf(properties, plan.head.mutant)?.mutant ?? null;
    const engine = new Engine(protocol, scenario.domain ?? (Object.keys(protocol.domains)[0] as string), mutant);
    const setting = settingOfTrace(scenario, plan.head);
    const system = new System(engine, scenario, setting, 0);
    this.isDatagram = !system.connection;
    const files = new HostFiles(plan.folder, plan.host);
    const first = setting.hosts.find(({ name }) => name === plan.host)?.stored?.() ?? {};
    this.host = new LiveHost(system, plan.host, { stored: files.values() ?? first, clock: files.clock() }, new Random(plan.seed), {
      send: (to, packet) => this.send(to, packet),
      keep: (lines, stored) => files.keep(lines, stored),
      arm: (instance, timer, round, delayMs) => {
        const inMs = Math.min(0x7fffffff, Math.max(1, Math.round(delayMs / plan.speed)));
        setTimeout(() => this.whenFree(() => this.host.fire(instance, timer, round)), inMs);
      },
      invoke: (instance, call, round) => {
        const { actors } = (system.instances[instance] as Instance).role.type.machine.implementations;
        this.promises.call(`${instance} ${call.id}`, actors[call.src] as AnyActorLogic, call, (how, answer) =>
          this.whenFree(() => this.host.settle(instance, call.id, round, how, answer)),
        );
      },
      abandon: (instance, id) => this.promises.abandon(`${instance} ${id}`),
    });
  }

  listen(): void {
    const server = createServer((socket) => this.accept(socket));
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      report({ did: 'listen', port: typeof address === 'object' && address !== null ? address.port : 0 });
    });
  }

  obey(order: Order): void {
    switch (order.do) {
      case 'link':
        this.awaits = order.awaits;
        for (const [host, port] of Object.entries(order.ports)) this.greet(host, port);
        this.lookWhetherLinked();
        break;
      case 'boot':
        this.boot();
        break;
      case 'act':
        this.whenFree(() => report({ did: 'act', taken: this.host.act(order.allowed) }));
        break;
      case 'lose':
        this.lose++;
        break;
      case 'double':
        this.double++;
        break;
      case 'pause':
        this.whenFree(() => this.pause(order.forMs));
        break;
      case 'wait':
        this.blocked.add(driver);
        report({ did: 'wait' });
        break;
      case 'go':
        this.free(driver);
        break;
      case 'cut':
        for (const host of order.hosts) {
          const socket = this.links.get(host);
          socket?.destroy();
          if (socket !== undefined) this.closed(host, socket);
        }
        report({ did: 'cut' });
        break;
      case 'mend':
        for (const [host, port] of Object.entries(order.ports)) this.greet(host, port);
        break;
      case 'mute':
        this.muted = new Set(order.hosts);
        break;
      case 'hold':
        this.back.set(order.host, []);
        break;
      case 'release': {
        const packets = this.back.get(order.host) ?? [];
        this.back.delete(order.host);
        for (const packet of packets) this.send(order.host, packet);
        break;
      }
      case 'stop':
        this.stopped = true;
        report({ did: 'stop' });
        break;
      default:
    }
  }

  /** Says hello to a neighbour, and waits for its welcome. */
  private greet(host: string, port: number): void {
    this.pending.add(host);
    const socket = connect(port, '127.0.0.1');
    socket.write(frameText({ kind: 'hello', host: this.plan.host, token: this.plan.token }));
    this.hear(socket, (frame) => {
      if (frame.kind === 'welcome' && this.pending.delete(host)) {
        this.known = merged(this.known, frame.clock);
        this.links.set(host, socket);
        if (this.isBooted) this.relinked(host, socket, frame.clock);
        else this.lookWhetherLinked();
      } else this.heard(host, socket, frame);
    });
    socket.on('close', () => this.closed(host, socket));
  }

  /** The connection is there again: the other end waits until it is told that both know. */
  private relinked(host: string, socket: Socket, clock: Clock): void {
    this.host.linkUp(host, clock);
    socket.write(frameText({ kind: 'go', clock: this.host.clockNow }));
    if (this.pending.size === 0) report({ did: 'mend' });
    this.schedule();
  }

  /** Does nothing for a while. Its timers, and what it is told, wait. */
  private pause(forMs: number): void {
    this.host.pause('pause');
    this.blocked.add('');
    setTimeout(() => {
      if (!this.stopped) this.host.pause('resume');
      this.free('');
    }, forMs);
  }

  /** A neighbour says hello. What is left of an earlier connection with it ends here. */
  private accept(socket: Socket): void {
    let host = '';
    this.hear(socket, (frame) => {
      if (frame.kind !== 'hello') {
        if (host === '') socket.destroy();
        else this.heard(host, socket, frame);
        return;
      }
      if (frame.token !== this.plan.token || !this.host.neighbours.includes(frame.host)) {
        socket.destroy();
        return;
      }
      host = frame.host;
      this.links.get(host)?.destroy();
      this.links.set(host, socket);
      this.host.linkDown(host);
      if (this.isBooted) this.blocked.add(host);
      socket.write(frameText({ kind: 'welcome', clock: this.host.clockNow }));
      this.lookWhetherLinked();
    });
    socket.on('close', () => this.closed(host, socket));
  }

  private hear(socket: Socket, each: (frame: Frame) => void): void {
    const lines = new Lines();
    socket.setNoDelay(true);
    socket.setEncoding('utf8');
    socket.on('error', () => socket.destroy());
    socket.on('data', (text) => {
      for (const line of lines.add(String(text)) ?? ['']) {
        const frame = frameOf(line);
        if (frame !== null) each(frame);
        else socket.destroy();
        if (socket.destroyed) return;
      }
    });
  }

  private heard(host: string, socket: Socket, frame: Frame): void {
    if (this.links.get(host) !== socket) return;
    if (frame.kind === 'go') {
      this.host.linkUp(host, frame.clock);
      this.free(host);
    } else if (frame.kind === 'packet') {
      this.host.receive(host, frame);
      this.schedule();
    }
  }

  private closed(host: string, socket: Socket): void {
    // What happens after the run has ended is no part of it.
    if (this.stopped || this.links.get(host) !== socket) return;
    this.links.delete(host);
    if (this.back.has(host)) this.back.set(host, []);
    this.host.linkDown(host);
    this.free(host);
  }

  private lookWhetherLinked(): void {
    if (this.isBooted || this.awaits < 0 || this.pending.size > 0 || this.links.size < this.awaits) return;
    this.awaits = -1;
    if (this.plan.how === 'start') report({ did: 'link' });
    else this.boot();
  }

  private boot(): void {
    const up = this.host.neighbours.filter((other) => this.links.has(other));
    this.isBooted = true;
    // Neighbours that wait learn that the host has started before they hear what it says.
    this.held = [];
    this.host.boot(this.plan.how, up, this.known);
    if (this.plan.how !== 'start') for (const other of up) this.links.get(other)?.write(frameText({ kind: 'go', clock: this.host.clockNow }));
    const held = this.held;
    this.held = null;
    for (const send of held) send();
    report({ did: 'boot' });
    this.schedule();
  }

  private send(to: string, packet: Packet): void {
    if (this.held !== null) {
      this.held.push(() => this.send(to, packet));
      return;
    }
    if (this.muted.has(to)) return;
    const back = this.back.get(to);
    if (back !== undefined) {
      back.push(packet);
      return;
    }
    if (this.isDatagram && this.lose > 0) {
      this.lose--;
      return;
    }
    const times = this.isDatagram && this.double > 0 ? 2 : 1;
    if (times === 2) this.double--;
    for (let time = 0; time < times; time++) this.links.get(to)?.write(frameText({ kind: 'packet', ...packet }));
  }

  /** Runs at once, or when no neighbour has to be waited for any more. */
  private whenFree(run: () => void): void {
    if (this.blocked.size > 0) this.later.push(run);
    else if (!this.stopped) this.watched(run);
    this.schedule();
  }

  private free(host: string): void {
    this.blocked.delete(host);
    while (this.blocked.size === 0 && this.later.length > 0) this.whenFree(this.later.shift() as () => void);
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled || this.stopped || this.blocked.size > 0 || !this.host.hasWork) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (this.blocked.size === 0 && !this.stopped) this.watched(() => this.host.next());
      this.schedule();
    });
  }

  private watched(run: () => void): void {
    run();
    if (this.host.threw !== null) report({ did: 'throw', error: this.host.threw });
  }
}

/** What stands for the driver among those that are waited for; no host is called so. */
const driver = '\0driver';

const report = (what: Report): void => {
  if (process.connected) process.send?.(what);
};

// No host outlives its driver.
process.on('disconnect', () => process.exit(0));
let hosted: HostProcess | null = null;
process.on('message', (order: Order) => {
  if (order.do !== 'plan') hosted?.obey(order);
  else
    void entriesOf([order.plan.head.protocol]).then(([entry]) => {
      hosted = new HostProcess(order.plan, entry as Entry);
      hosted.listen();
    });
});
report({ did: 'ready' });
