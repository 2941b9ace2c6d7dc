#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts a build from nothing; puts the chart together and lints it with its own values and
# with those of each environment, which also checks them against values.schema.json.
set -eu
. ci/lib.sh
. ci/chart.sh
. ci/assemble.sh

rm -rf build delivery-release.json
leave_without_image
check_image
environments > /dev/null
fetch_dependencies
tree=$(assemble)
write_chart "$tree"
if ! command -v helm > /dev/null 2>&1; then
  say "helm is not installed on this agent: the chart was not linted"
  exit 0
fi
helm lint --strict build/chart
for environment in $(environments); do
  say "Environment $environment"
  # shellcheck disable=SC2046 # options, one word each
  helm lint --strict build/chart --values "values-$environment.yaml" $(part_option "$environment")
done
