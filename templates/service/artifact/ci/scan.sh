#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Scans the image and counts the findings, without those that .trivyignore names. Fails at the severity of SCAN_FAIL_ON or above:
# CRITICAL (default), HIGH, MEDIUM, LOW or NONE.
set -eu
. ci/lib.sh
. ci/images.sh

leave_when_nothing_to_do
fail_on=${SCAN_FAIL_ON:-CRITICAL}

trivy image --quiet --scanners vuln --ignorefile .trivyignore --format json --output build/scan.json "$(image)"

count() {
  awk -v severity="$1" '
    { found += gsub("\"Severity\": *\"" severity "\"", "") }
    END { print found + 0 }' build/scan.json
}

critical=$(count CRITICAL)
high=$(count HIGH)
medium=$(count MEDIUM)
low=$(count LOW)
put scan "{\"critical\":$critical,\"high\":$high,\"medium\":$medium,\"low\":$low}"
say "Findings: $critical critical, $high high, $medium medium, $low low"

case $fail_on in
  NONE) bad=0 ;;
  CRITICAL) bad=$critical ;;
  HIGH) bad=$((critical + high)) ;;
  MEDIUM) bad=$((critical + high + medium)) ;;
  LOW) bad=$((critical + high + medium + low)) ;;
  *) die "SCAN_FAIL_ON must be CRITICAL, HIGH, MEDIUM, LOW or NONE, not '$fail_on'" ;;
esac
[ "$bad" -eq 0 ] ||
  die "the scan found $bad findings of severity $fail_on or above; see build/scan.json"
