#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Finds out what is new against the image that the chart repository names: the source, only
# the base image under it, or nothing, which ends the build early and well.
set -eu
. ci/lib.sh
. ci/chart-repository.sh

only_on_default_branch
commit=$(get commit)
[ -n "$commit" ] || die "no plan; run ci/plan.sh first"

clone_chart
if [ -f "$CHART_CLONE/image.yaml" ]; then
  delivered=$(yaml_value "$CHART_CLONE/image.yaml" source commit)
  put previous-commit "$delivered"
  if [ "$delivered" = "$commit" ]; then
    if [ "$(yaml_value "$CHART_CLONE/image.yaml" base digest)" = "$(get base-digest)" ]; then
      put change none
      put reason "the chart repository already has the image of this commit on this base image"
    else
      put change base-image
    fi
  elif is_older "$commit" "$delivered"; then
    put change none
    put reason "the chart repository already has an image of the newer commit $delivered"
  fi
fi

case $(get change) in
  none) say "Nothing to do: $(get reason)" ;;
  *) say "New: $(get change)" ;;
esac
