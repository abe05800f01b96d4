// Prints `N passed, N failed, N skipped` from vitest's JSON report, and exits as the tests did.
import { readFileSync } from 'node:fs';

const [file, exitCode] = [process.argv[2], Number(process.argv[3])];

const counts = () => {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const skipped = report.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'skipped' || status === 'pending');
    for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
    // A test file that does not load has no tests, and fails all the same.
    const broken = report.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
    );
    return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length, skipped: skipped.length };
  } catch {
    console.log('the test runner left no report: types, lint or the runner itself failed');
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

const { passed, failed, skipped } = counts();
const none = passed + failed === 0;
if (none) console.log('no test ran');
const red = exitCode !== 0 || failed > 0 || none;
console.log(`${passed} passed, ${red && failed === 0 ? 1 : failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = red ? exitCode || 1 : 0;
