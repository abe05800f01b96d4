/** An action that does nothing, for mutants that remove one. It is the only function that may be an action. */
export const nothing = (): void => {};
