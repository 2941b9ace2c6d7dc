#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Pushes the package to the chart repository. A version that exists is never overwritten:
# the same bytes are fine, others are refused.
set -eu
. ci/lib.sh
. ci/chart.sh

only_on_default_branch
leave_without_image
need CHART_REPOSITORY_URL
package=$(get package)
[ -f "$package" ] || die "no package; run ci/package.sh first"

repository=${CHART_REPOSITORY_URL%/}
shown=$(without_credentials "$repository")
user=${CHART_REPOSITORY_LOGIN_USR:-}
password=${CHART_REPOSITORY_LOGIN_PSW:-}

status=$(curl_with_login "$user" "$password" --output build/push.answer --write-out '%{http_code}' \
  --header 'Content-Type: application/gzip' --data-binary "@$package" "$repository/api/charts") ||
  die "the chart repository $shown cannot be reached"
case $status in
  200 | 201)
    say "Pushed $(get name) $(get version) to $shown"
    ;;
  409)
    status=$(curl_with_login "$user" "$password" --output build/existing.tgz --write-out '%{http_code}' \
      "$repository/charts/$(get name)-$(get version).tgz") ||
      die "the chart repository $shown cannot be reached"
    [ "$status" = 200 ] ||
      die "the chart repository $shown says that $(get name) $(get version) exists, but answers $status when asked for it"
    cmp -s "$package" build/existing.tgz ||
      die "the chart repository $shown has other bytes as $(get name) $(get version); a version is never overwritten, so commit something to get a new one"
    say "$shown has this very package already"
    ;;
  401 | 403)
    die "the chart repository $shown refused the Jenkins credential 'chart-repository' ($status)"
    ;;
  *)
    die "the chart repository $shown answered $status to the push"
    ;;
esac
