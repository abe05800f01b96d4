/** Where things stand in a program, counted from its start: when it was last worked out what has to be asked, and its end. */
export const stampAt = 0;
export const endAt = 1;
/** How many steps of a rule change nothing. */
export const idleAt = 2;
/** Not zero where more is to be counted than that: the budget of timers, where one is pending, and those of more such steps. */
export const countsAt = 3;
/** Its first part. */
export const partsAt = 4;
/** The budget of timers, where one is pending; or none. */
export const firesAt = 5;
/** The slots that its steps change, and those on which it depends which steps there are and what they do; as bits. */
export const mindsAt = 6;
/** How many parts it has; or none where budgets decide which of them can be taken. */
export const countAt = 7;
/** How often its steps were counted without being taken, since that was last told. */
export const passedAt = 8;
/** The budgets of more steps that change nothing; up to the first part. */
export const budgetsAt = 9;

/** Where things stand in a part, counted from its start: the next part, and the budgets that it needs, or none. */
export const nextAt = 0;
export const budgetAt = 1;
export const crashesAt = 2;
/** The number of its act. */
export const actAt = 3;
/** What has to be asked of the world after it, for what is fixed; and of the step itself. */
export const dueAt = 4;
export const askedAt = 5;
/** Not zero where a role throws. */
export const throwsAt = 6;
/** The slots that it changes, and those on which it depends whether it can be taken and what it does; as bits. */
export const touchesAt = 7;
/** The end of what is fixed; from there on, up to the next part, come pairs of a slot and the number of an edit. */
export const fixedEndAt = 8;
/** Pairs of a slot, and what turns its code into the one after it by exclusive or. */
export const fixedAt = 9;
