import { describe } from 'vitest';
import { executes } from './documented.ts';

// It begins with every claim of every protocol, which takes longer than any other test, so it has a file of its own.
describe('README.md', () => executes('README.md'));
