import { assign, setup } from 'xstate';

type Outcome = 'working' | 'prepared' | 'committed' | 'aborted';

type Context = {
  readonly participants: readonly Outcome[];
  /** Whose Prepared was sent, and whose the manager has. */
  readonly sent: readonly boolean[];
  readonly known: readonly boolean[];
};

type Act = { readonly type: 'commit' | 'abort' } | { readonly type: 'hear' | 'prepare' | 'leave' | 'obey'; readonly who: number };

const put = <Value>(list: readonly Value[], at: number, value: Value): readonly Value[] => list.map((was, index) => (index === at ? value : was));

const whoIn = (event: Act): number => (event as { readonly who: number }).who;

/**
 * Two-phase commit as one machine over JSON, as `xstate/graph` needs it: the manager's states are the machine's, and what the
 * participants and the network hold is its context.
 */
export const oneMachine = (participants: number) => {
  const all = <Value>(value: Value): readonly Value[] => Array.from({ length: participants }, () => value);
  const shared = {
    prepare: { guard: 'isWorking', actions: 'prepares' },
    leave: { guard: 'isWorking', actions: 'leaves' },
  } as const;
  const vocabulary = setup({
    types: { context: {} as Context, events: {} as Act },
    guards: {
      isWorking: ({ context, event }) => context.participants[whoIn(event)] === 'working',
      isSent: ({ context, event }) => context.sent[whoIn(event)] === true,
      allKnown: ({ context }) => context.known.every((known) => known),
    },
    actions: {
      hears: assign({ known: ({ context, event }) => put(context.known, whoIn(event), true) }),
      prepares: assign({
        participants: ({ context, event }) => put(context.participants, whoIn(event), 'prepared' as const),
        sent: ({ context, event }) => put(context.sent, whoIn(event), true),
      }),
      leaves: assign({ participants: ({ context, event }) => put(context.participants, whoIn(event), 'aborted' as const) }),
      commits: assign({ participants: ({ context, event }) => put(context.participants, whoIn(event), 'committed' as const) }),
      aborts: assign({ participants: ({ context, event }) => put(context.participants, whoIn(event), 'aborted' as const) }),
    },
  });
  return vocabulary.createMachine({
    context: { participants: all('working'), sent: all(false), known: all(false) },
    initial: 'waiting',
    states: {
      waiting: {
        on: {
          ...shared,
          hear: { guard: 'isSent', actions: 'hears' },
          commit: { guard: 'allKnown', target: 'committed' },
          abort: 'aborted',
        },
      },
      committed: { on: { ...shared, obey: { actions: 'commits' } } },
      aborted: { on: { ...shared, obey: { actions: 'aborts' } } },
    },
  });
};

/** All that may happen. */
export const actsOf = (participants: number): readonly Act[] => {
  const each = Array.from({ length: participants }, (_, who) => who);
  return [
    { type: 'commit' },
    { type: 'abort' },
    ...(['hear', 'prepare', 'leave', 'obey'] as const).flatMap((type) => each.map((who) => ({ type, who }))),
  ];
};
