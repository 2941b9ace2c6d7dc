# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# How the assembled kustomization in build/chart is rendered.

# Whether this agent can; says so when it cannot.
can_render() {
  command -v kustomize > /dev/null 2>&1 || kubectl kustomize --help > /dev/null 2>&1 || {
    say "neither kustomize nor kubectl is installed on this agent: the environments were not rendered"
    return 1
  }
}

# render ENVIRONMENT: prints its objects.
render() {
  [ -f "build/chart/overlays/$1/kustomization.yaml" ] ||
    die "there is a values-$1.yaml, but no overlays/$1/kustomization.yaml in the commit"
  if command -v kustomize > /dev/null 2>&1; then
    kustomize build "build/chart/overlays/$1"
  else
    kubectl kustomize "build/chart/overlays/$1"
  fi
}
