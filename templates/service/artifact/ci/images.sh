# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What the scripts beside it ask of an image registry.

# Prints the digest of an image in its registry, or nothing when there is none.
# Stops when the registry cannot tell, so that 'unknown' is never taken for 'absent'.
image_digest() {
  mkdir -p build
  if docker buildx imagetools inspect --format '{{json .Manifest}}' "$1" \
    > build/manifest.json 2> build/manifest.error; then
    # the first digest is the manifest's own, those of its parts follow
    awk 'match($0, /"digest": *"sha256:[0-9a-f]+"/) {
      found = substr($0, RSTART, RLENGTH)
      sub(/^"digest": *"/, "", found)
      sub(/"$/, "", found)
      print found
      exit
    }' build/manifest.json
  elif grep -i -E -q 'not found|(manifest|name)[ _]unknown|does not exist' build/manifest.error; then
    return 0
  else
    cat build/manifest.error >&2
    die "the registry did not say whether '$1' exists"
  fi
}

# Logs in to the registry with the Jenkins credential bound as IMAGE_REGISTRY_LOGIN, for
# this build only.
registry_login() {
  if [ -n "${IMAGE_REGISTRY_LOGIN_USR:-}" ]; then
    DOCKER_CONFIG="$(pwd)/build/docker"
    export DOCKER_CONFIG
    mkdir -p "$DOCKER_CONFIG"
    chmod 700 "$DOCKER_CONFIG"
    # shellcheck disable=SC2016 # evaluated when the script ends
    at_exit 'rm -rf "$DOCKER_CONFIG"'
    printf '%s\n' "${IMAGE_REGISTRY_LOGIN_PSW:-}" |
      docker login --username "$IMAGE_REGISTRY_LOGIN_USR" --password-stdin "${IMAGE_NAME%%/*}"
  fi
}

# The full name of the image of this build.
image() {
  say "$IMAGE_NAME:$(get tag)"
}

# Ends the calling script when compare.sh found that there is nothing to build.
leave_when_nothing_to_do() {
  change=$(get change)
  case $change in
    source | base-image) ;;
    none)
      say "Nothing to do: $(get reason)"
      exit 0
      ;;
    *) die "no plan; run ci/plan.sh first" ;;
  esac
}
