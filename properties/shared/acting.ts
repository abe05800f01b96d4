import type { Action } from '../../model/world/action.ts';

/**
 * The role that takes a step: which a message reaches, whose timer fires, or whose user acts; null where none does. Nothing else
 * changes in the contexts of those that run before and after, so a claim about steps needs to look at this one only.
 */
export const acting = (action: Action): { readonly host: string; readonly role: string } | null => {
  switch (action.type) {
    case 'Deliver':
      return { host: action.to, role: action.toRole };
    case 'Fire':
    case 'Command':
    case 'Choose':
      return action;
    default:
      return null;
  }
};
