# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# How the scripts beside it reach the chart repository, the record of what is to run.
# Its address is this repository's with '-chart' behind it, unless CHART_GIT_URL says
# something else.

CHART_CLONE=build/chart-repository

chart_git_url() {
  if [ -n "${CHART_GIT_URL:-}" ]; then
    say "$CHART_GIT_URL"
  else
    address=$(git_address)
    [ -n "$address" ] || die "neither CHART_GIT_URL nor GIT_URL is set"
    case $address in
      *.git) say "${address%.git}-chart.git" ;;
      *) say "$address-chart" ;;
    esac
  fi
}

clone_chart() {
  rm -rf "$CHART_CLONE"
  mkdir -p build
  git_with_login clone --quiet --single-branch --branch "$DEFAULT_BRANCH" \
    "$(chart_git_url)" "$CHART_CLONE" ||
    die "the chart repository $(without_credentials "$(chart_git_url)") cannot be read; check that it exists and that the Jenkins credential 'git-push' may read it"
}

# is_older A B: whether commit A of this repository came before commit B.
is_older() {
  [ "$1" != "$2" ] &&
    git cat-file -e "$2^{commit}" 2> /dev/null &&
    git merge-base --is-ancestor "$1" "$2"
}
