#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the unit tests and writes their report. The agent needs Node 20 or newer.
set -eu
. ci/lib.sh
. ci/images.sh

leave_when_nothing_to_do
command -v node > /dev/null 2>&1 ||
  die "node is not installed on this agent; the unit tests need Node 20 or newer"
mkdir -p build
node --test \
  --test-reporter=spec --test-reporter-destination=stdout \
  --test-reporter=junit --test-reporter-destination=build/unit-test.xml
