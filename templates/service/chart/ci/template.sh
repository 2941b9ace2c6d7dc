#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Renders the chart for each environment into build/rendered and checks what comes out: the
# service's image is the one of image.yaml, every image is named by digest, there are no
# Secrets and no Helm hooks, which Spinnaker would show and run as plain objects, and every
# object has the form that Kubernetes wants, as far as the agent can tell.
set -eu
. ci/lib.sh
. ci/chart.sh
. ci/render.sh

leave_without_image
check_image
can_render || exit 0

digest=$(image_value digest)
mkdir -p build/rendered

for environment in $(environments); do
  rendered=build/rendered/$environment.yaml
  render "$environment" > "$rendered"

  images=$(sed -n 's/^[ -]*image: *"\{0,1\}\([^" ]*\).*/\1/p' "$rendered" | sort -u)
  [ -n "$images" ] || die "$environment: the chart renders nothing that runs an image"
  found=no
  for image in $images; do
    case $image in
      "$(image_value name)@$digest" | "$(image_value name):$(image_value tag)@$digest") found=yes ;;
      *@sha256:*) ;;
      *:latest) die "$environment: the image '$image' must name one version" ;;
      *)
        if [ "${OTHER_IMAGES:-digest}" != tag ] || ! matches "$image" '.+:[^/:@]+'; then
          die "$environment: the image '$image' is not named by digest"
        fi
        ;;
    esac
  done
  [ "$found" = yes ] ||
    die "$environment: does not run $(image_value name)@$digest, which image.yaml names"

  if grep -q '^kind: Secret$' "$rendered"; then
    die "$environment: the chart renders a Secret; refer to one that exists in the namespace instead"
  fi
  if grep -q 'helm\.sh/hook' "$rendered"; then
    die "$environment: the chart renders a Helm hook, which Spinnaker does not run as one"
  fi
  if command -v kubeconform > /dev/null 2>&1; then
    # shellcheck disable=SC2086 # options, one word each
    kubeconform -strict -ignore-missing-schemas ${KUBECONFORM_OPTIONS:-} "$rendered"
  fi
  say "$environment renders $(grep -c '^kind:' "$rendered") objects"
done
command -v kubeconform > /dev/null 2>&1 ||
  say "kubeconform is not installed on this agent: the objects were not checked against Kubernetes' schemas"
