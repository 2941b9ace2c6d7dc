// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';

/**
 * What one run of Jest counted, read from its JSON report.
 *
 * @remarks
 * A test file that could not be loaded has no tests in the report and counts as
 * one failed test. Answers undefined when there is no report.
 */
export function jestCounts(file) {
  if (!existsSync(file)) {
    return undefined;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
    messages: report.testResults
      .filter(result => result.status === 'failed')
      .map(result => `${result.name}\n${result.message}`),
  };
}
