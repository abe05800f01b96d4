import type { Value } from '../../model/kernel/value.ts';
import { defineProperty, type Heard, type InstanceView, type Monitor, type Property, type WorldView } from '../../model/property/property.ts';
import type { Domain, Protocol, Roles } from '../../model/protocol/protocol.ts';
import type { Action } from '../../model/world/action.ts';
import type { Effect } from '../../model/role/effect.ts';
import type { ClientContext } from '../../spec/request-response/client/asking.ts';
import type { Call, Request, Response } from '../../spec/request-response/messages.ts';
import { acting } from './acting.ts';

/** A call of a user, as it is heard from outside. */
type Heeded = {
  readonly id: number;
  readonly operation: string;
  readonly input: Value;
  /** The host that was asked last, how often in a row, and all that were asked. */
  readonly asked: { readonly server: string; readonly times: number; readonly all: readonly string[] } | null;
  readonly ended: boolean;
  /** Whether the call before was over when it began: a crash may have cut that off. */
  readonly inTurn: boolean;
};

type Calls = {
  /** By client program: the last call. */
  readonly last: Readonly<Record<string, Heeded>>;
  /** By host and id: what servers answered to calls that are not over. */
  readonly answers: Readonly<Record<string, readonly Value[]>>;
  /** What a client did that it must not; empty where it did nothing. */
  readonly wrong: string;
};

interface Clients {
  readonly clients: readonly string[];
  readonly servers: readonly string[];
  /** Whether a request goes out in the step in which its call begins: no session or connection has to be there first. */
  readonly atOnce: boolean;
  /** How often a server is asked again before the client turns to the next; null where nothing is claimed of that. */
  readonly retries: number | null;
  readonly mayRepeat: (call: Value) => boolean;
}

const serversOf = ({ context }: { readonly context: unknown }) => (context as ClientContext<Value>).servers;

/** How often a server stands in the list of a client: so often it turns to it. */
const named = (local: { readonly context: unknown }, server: string): number => serversOf(local).filter((each) => each === server).length;

const keyOf = (host: string, role: string): string => `${host} ${role}`;

/** Values are canonical, so that equal ones are written alike. */
const same = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What comes to calls that are over is not kept: there would be no end of it. */
const answered = (calls: Calls, { to, message }: Extract<Effect, { readonly type: 'send' }>): Calls => {
  const { id, result } = message as unknown as Response;
  const waits = (host: string): boolean =>
    Object.entries(calls.last).some(([key, call]) => key.startsWith(`${host} `) && call.id === id && !call.ended);
  const more = (to as readonly string[]).filter(waits).map((host): [string, readonly Value[]] => {
    const known = calls.answers[`${host} ${id}`] ?? [];
    return [`${host} ${id}`, known.some((one) => same(one, result)) ? known : [...known, result]];
  });
  return more.length === 0 ? calls : { ...calls, answers: { ...calls.answers, ...Object.fromEntries(more) } };
};

/** The calls with one that is over, and without the answers to it. */
const ended = (calls: Calls, key: string, call: Heeded): Calls => {
  const last = { ...calls.last, [key]: { ...call, input: null, ended: true } };
  const isWaited = (answer: string): boolean =>
    Object.entries(last).some(([each, { id, ended }]) => !ended && answer === `${each.split(' ')[0]} ${id}`);
  return { ...calls, last, answers: Object.fromEntries(Object.entries(calls.answers).filter(([answer]) => isWaited(answer))) };
};

const next = (calls: Calls, { host, role, effect, local }: Heard, { clients, servers, atOnce, retries, mayRepeat }: Clients): Calls => {
  const key = keyOf(host, role);
  const last = calls.last[key];
  const wrong = (what: string): Calls => ({ ...calls, wrong: `${role} on ${host} ${what}` });
  const known = (call: Heeded): Calls => ({ ...calls, last: { ...calls.last, [key]: call } });
  if (servers.includes(role) && effect.type === 'send' && effect.message.type === 'Response') return answered(calls, effect);
  if (calls.wrong !== '' || !clients.includes(role)) return calls;
  switch (effect.type) {
    case 'invoke': {
      const { operation, input } = effect;
      const id = effect.id as number;
      if (last !== undefined && id <= last.id) return wrong(`begins call ${id} after call ${last.id}`);
      return known({ id, operation, input, asked: null, ended: false, inTurn: last?.ended !== false });
    }
    case 'send': {
      if (effect.message.type !== 'Request') return calls;
      const { id, call } = effect.message as unknown as Request;
      // A session is opened by a request of which no user knows.
      if (call.type === 'createSession') return calls;
      if (last === undefined || last.ended || last.id !== id || !same(call, last.input))
        return wrong(`asks request ${id}, for which it was not called`);
      const server = (effect.to as readonly string[])[0] as string;
      const times = last.asked?.server === server ? last.asked.times + 1 : 1;
      if (last.asked !== null && !mayRepeat(call)) return wrong(`asks request ${id} again, which must not be repeated`);
      if (retries !== null && times > (retries + 1) * named(local, server)) return wrong(`asks ${server} ${times} times`);
      return known({ ...last, asked: { server, times, all: [...new Set([...(last.asked?.all ?? []), server])].sort() } });
    }
    case 'return': {
      const { id, operation, outcome } = effect;
      if (last === undefined || last.ended || last.id !== id || last.operation !== operation) return wrong(`ends call ${id}, which was not begun`);
      if (last.asked === null && atOnce) return wrong(`ends call ${id} without having asked anybody`);
      if (outcome.definite && !(calls.answers[`${host} ${id}`] ?? []).some((answer) => same(answer, outcome.value)))
        return wrong(`says of call ${id} what no server has answered to it`);
      if (!outcome.definite && outcome.reason === 'timeout' && retries !== null && mayRepeat(last.input)) {
        const { asked } = last;
        const left = serversOf(local).find((server) => asked?.all.includes(server) !== true);
        if (left !== undefined) return wrong(`gives up call ${id} and has not asked ${left}`);
        if (asked !== null && asked.times < named(local, asked.server)) return wrong(`gives up call ${id} and has asked ${asked.server} too seldom`);
      }
      return ended(calls, key, last);
    }
    default:
      return calls;
  }
};

const callsOf = (world: WorldView): Calls => world.monitor('calls') as unknown as Calls;
const contextOf = ({ context }: InstanceView) => context as unknown as ClientContext<Value>;

/**
 * The claim that clients call servers faithfully: what is asked is what their users want, an id is used once, and each call
 * ends once, with what a server has answered to it, or without a certain outcome.
 */
export const callsPair = <R extends Roles, D extends Domain, S extends string>(
  protocol: Protocol<R, D, S>,
  of: {
    readonly id: string;
    readonly clients: readonly (keyof R & string)[];
    readonly servers: readonly (keyof R & string)[];
    readonly holdsUnder: readonly NoInfer<S>[];
    /** Clients open sessions first, or wait for a connection. */
    readonly prepares?: boolean;
    /** How often a server is asked again after a time-out; without it, nothing is claimed of that. */
    readonly retries?: number;
    /** Whether a call may be asked again by whoever does not know what became of it; all may, where this is left out. */
    readonly mayRepeat?: (call: Call) => boolean;
  },
): Property => {
  const clients: Clients = {
    ...of,
    atOnce: of.prepares !== true,
    retries: of.retries ?? null,
    mayRepeat: (call) => of.mayRepeat?.(call as Call) ?? true,
  };
  const calls: Monitor = {
    initial: { last: {}, answers: {}, wrong: '' },
    next: (state, heard) => next(state as unknown as Calls, heard, clients) as unknown as Value,
    holds: (state) => (state as unknown as Calls).wrong === '',
    explain: (state) => (state as unknown as Calls).wrong,
  };
  /** The client that takes a step, before and after it; null where none does, and where it crashes meanwhile. */
  const stepOf = (before: WorldView, action: Action, after: WorldView) => {
    const by = acting(action);
    if (by === null || !of.clients.includes(by.role)) return null;
    const [was, is] = [before.at(by.role, by.host), after.at(by.role, by.host)];
    return was?.running === true && is?.running === true ? { was, is, key: keyOf(by.host, by.role) } : null;
  };
  return defineProperty<Roles, Domain, string>(protocol as unknown as Protocol, {
    id: of.id,
    claim:
      'A client asks what its user wants, each call with an id of its own, and again after time-outs, of all servers that it knows; it says once how the call ended: as a server has answered it, or that nobody knows.',
    source: 'RFC 9110, 3.3; RFC 5531, section 4, and section 9: xid',
    holdsUnder: of.holdsUnder,
    monitors: { calls },
    always: {
      waitsForWhatItAsked: (world) =>
        of.clients.every((role) =>
          world.every(role, (client) => {
            const last = callsOf(world).last[keyOf(client.host, role)];
            return (
              !client.matches('waiting') || (last !== undefined && last.asked !== null && !last.ended && last.id === contextOf(client).pending?.id)
            );
          }),
        ),
    },
    step: {
      saysHowItEnded: (before, action, after) => {
        const step = stepOf(before, action, after);
        if (step === null || step.was.matches('idle')) return true;
        const last = callsOf(after).last[step.key];
        if (step.is.matches('idle')) return last?.ended === true;
        return contextOf(step.is).pending?.id === contextOf(step.was).pending?.id || last?.inTurn === true;
      },
      storesEachIdBeforeItIsUsed: (before, action, after) => {
        const step = stepOf(before, action, after);
        if (step === null) return true;
        const { nextId } = contextOf(step.is);
        return contextOf(step.was).nextId === nextId || (step.is.stored['client'] as { readonly nextId: number } | undefined)?.nextId === nextId;
      },
      asksAgain: (before, action, after) => {
        if (action.type !== 'Fire' || action.crashAfter !== undefined || !of.clients.includes(action.role) || of.retries === undefined) return true;
        const [was, is] = [before.at(action.role, action.host), after.at(action.role, action.host)];
        if (was?.running !== true || is?.running !== true || !was.matches('waiting')) return true;
        const [then, now] = [before, after].map((world) => callsOf(world).last[keyOf(action.host, action.role)]);
        if (then !== undefined && !clients.mayRepeat(then.input)) return true;
        return (then?.asked?.times ?? 0) > of.retries || (now?.id === then?.id && now?.asked?.times === (then?.asked?.times ?? 0) + 1);
      },
      staysWithAServerThatAnswers: (before, action, after) => {
        const step = stepOf(before, action, after);
        if (step === null || contextOf(step.was).server === contextOf(step.is).server) return true;
        if (action.type === 'Deliver') return action.message === 'disconnected';
        if (action.type !== 'Fire' || of.retries === undefined || of.prepares === true) return action.type === 'Fire';
        return (callsOf(before).last[step.key]?.asked?.times ?? 0) > of.retries;
      },
      aBrokenConnectionIsATimeOut: (before, action, after) => {
        if (action.type !== 'Deliver' || action.message !== 'disconnected' || action.crashAfter !== undefined) return true;
        const [was, is] = [before.at(action.toRole, action.to), after.at(action.toRole, action.to)];
        if (!of.clients.includes(action.toRole) || was?.running !== true || is?.running !== true || !was.matches('waiting')) return true;
        const { servers, server, tried, pending } = contextOf(was);
        const goesOn = is.matches('waiting') && contextOf(is).tried === tried && contextOf(is).pending?.id === pending?.id;
        return goesOn === (servers[server] !== action.from);
      },
    },
    sometimes: {
      oneIsAnswered: (world) => Object.values(callsOf(world).last).some(({ ended }) => ended),
    },
  });
};
