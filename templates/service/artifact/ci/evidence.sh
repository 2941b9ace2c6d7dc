# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Counts what the tests and the scan of this build found. What was not measured is left
# out, because nothing is not zero.

# test_counts REPORT...: counts the cases of JUnit reports.
test_counts() {
  cat "$@" | awk '
    { cases += gsub(/<testcase[ >\/]/, ""); failed += gsub(/<(failure|error)[ >\/]/, "")
      skipped += gsub(/<skipped[ >\/]/, "") }
    END { printf "{\"passed\":%d,\"failed\":%d,\"skipped\":%d}", cases - failed - skipped, failed, skipped }'
}

evidence() {
  if [ -f build/unit-test.xml ]; then
    printf '  "unitTests": %s,\n' "$(test_counts build/unit-test.xml)"
  fi
  if [ -f build/image-test.xml ]; then
    printf '  "imageTest": %s,\n' "$(test_counts build/image-test.xml)"
  fi
  if [ -n "$(get scan)" ]; then
    printf '  "scan": %s,\n' "$(get scan)"
  fi
}
