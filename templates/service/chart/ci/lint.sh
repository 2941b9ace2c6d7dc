#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts a build from nothing; lints the chart with its own values and with those of each
# environment, which also checks them against values.schema.json.
set -eu
. ci/lib.sh
. ci/chart.sh

rm -rf build delivery-release.json
leave_without_image
check_image
environments > /dev/null
if ! command -v helm > /dev/null 2>&1; then
  say "helm is not installed on this agent: the chart was not linted"
  exit 0
fi
helm lint --strict .
for environment in $(environments); do
  say "Environment $environment"
  helm lint --strict . --values "values-$environment.yaml"
done
