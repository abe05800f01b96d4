import { RolecallError } from '../../model/kernel/errors.ts';
import type { Paint } from './paint.ts';

/** An error may quote a file that nobody has vouched for; a control character in it is not obeyed. Lines stay lines. */
const harmless = (text: string): string => text.replace(/[^\P{Cc}\n]|\p{Cf}/gu, '?');

/** An error for a person: code, place, what is wrong, what to do. */
export const errorLines = (error: unknown, paint: Paint): string[] => {
  if (!(error instanceof RolecallError)) {
    const known = error instanceof Error ? error : new Error(String(error));
    return [
      `${paint('bad', 'DEFECT')} ${known.message}`,
      '  This is a defect of rolecall; please report it with the command that showed it.',
      paint('dim', known.stack ?? ''),
    ];
  }
  const place = error.place === '' ? '' : ` at ${paint('bold', harmless(error.place))}`;
  return [`${paint('bad', error.code)}${place}`, `  ${harmless(error.message)}`, ...(error.advice === '' ? [] : [`  ${harmless(error.advice)}`])];
};

/** The same for a machine. */
export const errorJson = (error: unknown): string => {
  const { code, place, message, advice } =
    error instanceof RolecallError
      ? error
      : { code: 'DEFECT', place: '', message: error instanceof Error ? error.message : String(error), advice: '' };
  return JSON.stringify({ error: { code, place, message, advice } });
};
