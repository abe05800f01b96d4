/*
 * Two-phase commit as communicating processes: the same protocol, written as one would for SPIN, so that its partial-order
 * reduction has something to work on. Each participant has a channel to the manager and one from it; a message is taken
 * once. The states are therefore not those of TwoPhase.tla, and the reduction leaves most of them out.
 * -DN=7 gives seven participants.
 */
#ifndef N
#define N 3
#endif

mtype = { Prepared, Commit, Abort };

chan toManager[N] = [1] of { mtype };
chan toParticipant[N] = [1] of { mtype };
chan outcome[N] = [1] of { mtype };

proctype participant(byte i) {
  chan out = toManager[i];
  chan in = toParticipant[i];
  chan told = outcome[i];
  xs out;
  xr in;
  xs told;
  mtype decision;
  if
  :: out ! Prepared; in ? decision; told ! decision
  :: told ! Abort /* of its own accord */
  :: in ? Abort; told ! Abort
  fi;
end:
  false
}

/* Outcomes are final, so it is enough that they are compared once. */
proctype observer() {
  bool commits, aborts;
  byte i;
  mtype told;
  for (i : 0 .. N - 1) {
    outcome[i] ? told;
    d_step { if :: told == Commit -> commits = true :: else -> aborts = true fi; assert(!(commits && aborts)) }
  }
}

#define hear(i) :: toManager[i] ? Prepared -> prepared++

active proctype manager() {
  byte prepared, i;
  atomic { for (i : 0 .. N - 1) { run participant(i) }; run observer() };
  do
  :: atomic { prepared == N -> for (i : 0 .. N - 1) { toParticipant[i] ! Commit }; break }
  :: atomic { for (i : 0 .. N - 1) { toParticipant[i] ! Abort }; break }
  hear(0)
  hear(1)
  hear(2)
#if N > 3
  hear(3)
#endif
#if N > 4
  hear(4)
#endif
#if N > 5
  hear(5)
#endif
#if N > 6
  hear(6)
#endif
#if N > 7
  hear(7)
#endif
#if N > 8
  hear(8)
#endif
#if N > 9
  hear(9)
#endif
  od
}
