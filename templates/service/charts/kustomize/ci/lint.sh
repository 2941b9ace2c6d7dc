#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts a build from nothing; puts the kustomization together and builds the overlay of each
# environment once.
set -eu
. ci/lib.sh
. ci/chart.sh
. ci/assemble.sh
. ci/render.sh

rm -rf build delivery-release.json
leave_without_image
check_image
environments > /dev/null
tree=$(assemble)
write_chart "$tree"
can_render || exit 0
for environment in $(environments); do
  render "$environment" > /dev/null
  say "Environment $environment builds"
done
