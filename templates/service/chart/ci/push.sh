#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Pushes the package to the chart repository: a classic one that takes uploads, or an OCI
# registry when its address starts with oci://. A version that exists is never overwritten:
# the same bytes are fine, others are refused.
set -eu
. ci/lib.sh
. ci/chart.sh

only_on_default_branch
leave_without_image
need_chart_repository
package=$(get package)
[ -f "$package" ] || die "no package; run ci/package.sh first"

repository=${CHART_REPOSITORY_URL%/}
shown=$(without_credentials "$repository")
user=${CHART_REPOSITORY_LOGIN_USR:-}
password=${CHART_REPOSITORY_LOGIN_PSW:-}

# Stops unless the package is what the repository has under its version already.
check_same() {
  cmp -s "$package" "$1" ||
    die "the chart repository $shown has other bytes as $(get name) $(get version); a version is never overwritten, so commit something to get a new one"
  say "$shown has this very package already"
}

push_oci() {
  command -v helm > /dev/null 2>&1 ||
    die "helm is not installed on this agent; an OCI registry needs Helm 3.8 or newer"
  HELM_REGISTRY_CONFIG=$(pwd)/build/helm-login.json
  export HELM_REGISTRY_CONFIG
  # a registry without TLS, as on a developer's machine
  plain=${CHART_REPOSITORY_PLAIN_HTTP:+--plain-http}
  if [ -n "$user" ]; then
    # shellcheck disable=SC2016 # evaluated when the script ends
    at_exit 'rm -f "$HELM_REGISTRY_CONFIG"'
    host=${repository#oci://}
    # shellcheck disable=SC2086 # an option or nothing
    printf '%s\n' "$password" |
      helm registry login $plain --username "$user" --password-stdin "${host%%/*}" > /dev/null ||
      die "the chart repository $shown refused the Jenkins credential 'chart-repository'"
  fi
  rm -rf build/existing
  mkdir -p build/existing
  # shellcheck disable=SC2086 # an option or nothing
  if helm pull $plain "$repository/$(get name)" --version "$(get version)" \
    --destination build/existing > build/push.answer 2>&1; then
    check_same "build/existing/$(get name)-$(get version).tgz"
  elif grep -i -q 'not found\|unknown' build/push.answer; then
    # shellcheck disable=SC2086 # an option or nothing
    helm push $plain "$package" "$repository" > build/push.answer 2>&1 ||
      die "the chart repository $shown refused the push: $(head -c 300 build/push.answer)"
    say "Pushed $(get name) $(get version) to $shown"
  else
    die "the chart repository $shown does not say whether $(get name) $(get version) exists: $(head -c 300 build/push.answer)"
  fi
}

push_classic() {
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
      check_same build/existing.tgz
      ;;
    401 | 403)
      die "the chart repository $shown refused the Jenkins credential 'chart-repository' ($status)"
      ;;
    *)
      die "the chart repository $shown answered $status to the push"
      ;;
  esac
}

case ${CHART_REGISTRY:-any}:$repository in
  classic:oci://*)
    die "$shown is an OCI registry, which not every Spinnaker reads; give this service the chart hand-over 'oci', as its README says, or set CHART_REPOSITORY_URL to a classic chart repository"
    ;;
  oci:oci://*) ;;
  oci:*)
    die "$shown is not an OCI registry, but this service was made for one; set CHART_OCI_REPOSITORY_URL to an address that starts with oci://"
    ;;
esac
case $repository in
  oci://*) push_oci ;;
  *) push_classic ;;
esac
