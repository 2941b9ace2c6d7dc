// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';

/**
 * What one run of Jest counted, read from its JSON report.
 *
 * @remarks
 * A test file that could not be loaded has no tests in the report and counts as
 * one failed test; a run without a report counts as one, too.
 */
export function jestCounts(file) {
  if (!existsSync(file)) {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      messages: ['Jest wrote no report'],
    };
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
