# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# How the assembled chart in build/chart is rendered.

# Whether this agent can; says so when it cannot.
can_render() {
  command -v helm > /dev/null 2>&1 || {
    say "helm is not installed on this agent: the environments were not rendered"
    return 1
  }
}

# render ENVIRONMENT: prints its objects.
render() {
  # shellcheck disable=SC2046 # options, one word each
  helm template "$(chart_name)" build/chart --skip-tests --values "values-$1.yaml" \
    $(part_option "$1")
}
