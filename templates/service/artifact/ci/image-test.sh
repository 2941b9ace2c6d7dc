#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts the image and waits until its own health check passes. The container is removed
# in every case.
set -eu
. ci/lib.sh
. ci/images.sh

leave_when_nothing_to_do
seconds=${IMAGE_TEST_SECONDS:-60}
container="image-test-$(get tag)-${BUILD_NUMBER:-0}-$$"

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

trap 'docker rm --force "$container" > /dev/null 2>&1 || true' EXIT
docker run --detach --name "$container" "$(image)" > /dev/null

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
      docker logs "$container" >&2 || true
      report failed "the container is $(printf '%s' "$health" | tr -cd '[:lower:]')"
      die "the container of $(image) is '$health'; its output is above"
      ;;
  esac
  if [ "$waited" -ge "$seconds" ]; then
    docker logs "$container" >&2 || true
    report failed "not healthy within $seconds seconds"
    die "the container of $(image) was not healthy within $seconds seconds; its output is above"
  fi
  sleep 1
  waited=$((waited + 1))
done
