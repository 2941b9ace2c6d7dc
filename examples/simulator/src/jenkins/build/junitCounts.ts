// SPDX-License-Identifier: Apache-2.0

/** Counts the test cases of a JUnit report. */
export function junitCounts(xml: string): {
  passed: number;
  failed: number;
  skipped: number;
} {
  const text = xml
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
  const cases = text.match(
    /<testcase\b[^>]*\/>|<testcase\b[\s\S]*?<\/testcase>/g,
  );
  let failed = 0;
  let skipped = 0;
  for (const one of cases ?? []) {
    if (/<(failure|error)\b/.test(one)) {
      failed++;
    } else if (/<skipped\b/.test(one)) {
      skipped++;
    }
  }
  return { passed: (cases?.length ?? 0) - failed - skipped, failed, skipped };
}
