/*
 * Two-phase commit after Gray and Lamport, Consensus on Transaction Commit (2006), as one process: each action of their
 * TwoPhase.tla is one deterministic step on global variables, so the states are theirs, one for one.
 * -DN=7 gives seven participants; up to ten.
 */
#ifndef N
#define N 3
#endif

#define working 0
#define prepared 1
#define committed 2
#define aborted 3

#define waiting 0

byte participant[N];      /* working, prepared, committed or aborted */
byte manager;             /* waiting, committed or aborted */
short known;              /* the participants whose Prepared the manager has, as bits */
short sent;               /* the Prepared messages that were sent, as bits: messages are a set and stay */
bool commit, abort;       /* the manager's messages */

/* What two-phase commit promises, asked in every state that a step of a participant leads to. */
bool someCommitted, someAborted;
#define agreement assert(!(someCommitted && someAborted))

#define steps(i) \
  :: d_step { manager == waiting && (sent & (1 << i)) -> known = known | (1 << i) } \
  :: d_step { participant[i] == working -> participant[i] = prepared; sent = sent | (1 << i) } \
  :: d_step { participant[i] == working -> participant[i] = aborted; someAborted = true; agreement } \
  :: d_step { commit -> participant[i] = committed; someCommitted = true; agreement } \
  :: d_step { abort -> participant[i] = aborted; someAborted = true; agreement }

active proctype system() {
end:
  do
  :: d_step { manager == waiting && known == (1 << N) - 1 -> manager = committed; commit = true }
  :: d_step { manager == waiting -> manager = aborted; abort = true }
  steps(0)
  steps(1)
  steps(2)
#if N > 3
  steps(3)
#endif
#if N > 4
  steps(4)
#endif
#if N > 5
  steps(5)
#endif
#if N > 6
  steps(6)
#endif
#if N > 7
  steps(7)
#endif
#if N > 8
  steps(8)
#endif
#if N > 9
  steps(9)
#endif
  od
}
