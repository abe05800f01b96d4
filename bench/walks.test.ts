import { expect, test } from 'vitest';
import { plainWalker } from './plain-walks.ts';
import { rememberedWalker } from './remembered-walks.ts';

test('both ways of walking make walks of the same kind', () => {
  const meanSteps = (walk: () => number): number => Array.from({ length: 60 }, walk).reduce((sum, steps) => sum + steps, 0) / 60;
  const [plain, remembered] = [meanSteps(plainWalker(3, 0)), meanSteps(rememberedWalker(3, 0).walk)];
  expect(plain).toBeGreaterThan(20);
  expect(Math.abs(plain - remembered) / plain).toBeLessThan(0.25);
});
