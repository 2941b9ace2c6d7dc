#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts the image with compose.yaml and waits until its own health check passes. Everything
# that was started is torn down in every case.
set -eu
. ci/lib.sh
. ci/images.sh

leave_when_nothing_to_do
seconds=${IMAGE_TEST_SECONDS:-180}
project="image-test-$(printf '%s' "$(get tag)" | tr '.' '-')-${BUILD_NUMBER:-0}-$$"

mkdir -p build
printf 'IMAGE=%s\n' "$(image)" > build/compose.env
compose() {
  docker compose --env-file build/compose.env --project-name "$project" "$@"
}

report() {
  if [ "$1" = passed ]; then failures=0; else failures=1; fi
  {
    printf '<?xml version="1.0" encoding="UTF-8"?>\n'
    printf '<testsuites><testsuite name="image" tests="1" failures="%s">\n' "$failures"
    printf '<testcase classname="image" name="becomes healthy">'
    [ "$1" = passed ] || printf '<failure message="%s"/>' "$2"
    printf '</testcase>\n</testsuite></testsuites>\n'
  } > build/image-test.xml
}

at_exit 'compose down --volumes --remove-orphans --timeout 5 > /dev/null 2>&1 || true'
compose up --detach --no-build
container=$(compose ps --all --quiet service)
[ -n "$container" ] || die "compose.yaml starts no service named 'service'"

waited=0
while :; do
  health=$(docker inspect --format '{{.State.Health.Status}}' "$container") ||
    die "$(image) says nothing about its health; its Dockerfile needs a HEALTHCHECK"
  case $health in
    healthy)
      report passed ''
      say "The image became healthy"
      exit 0
      ;;
    starting) ;;
    *)
      compose logs >&2 || true
      report failed "the container is $(printf '%s' "$health" | tr -cd '[:lower:]')"
      die "the container of $(image) is '$health'; its output is above"
      ;;
  esac
  if [ "$waited" -ge "$seconds" ]; then
    compose logs >&2 || true
    report failed "not healthy within $seconds seconds"
    die "the container of $(image) was not healthy within $seconds seconds; its output is above"
  fi
  sleep 1
  waited=$((waited + 1))
done
