#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts a build from nothing and resolves the base image of the Dockerfile to a digest, so
# that everything after it builds on the same bytes.
set -eu
. ci/lib.sh
. ci/images.sh

rm -rf build delivery-image.json

reference=${BASE_IMAGE:-$(sed -n 's/^ARG BASE_IMAGE=//p' Dockerfile | head -n 1)}
[ -n "$reference" ] ||
  die "no base image: the Dockerfile needs a line 'ARG BASE_IMAGE=<name>:<tag>' before its first FROM"

case $reference in
  *@*)
    digest=${reference##*@}
    reference=${reference%@*}
    ;;
  *)
    name_and_tag=${reference##*/}
    case $name_and_tag in
      *:latest | *:) die "the base image '$reference' must name a version, not a moving tag" ;;
      *:*) ;;
      *) die "the base image '$reference' has no tag; name a version" ;;
    esac
    digest=$(image_digest "$reference")
    [ -n "$digest" ] || die "the base image '$reference' does not exist in its registry"
    ;;
esac
is_digest "$digest" || die "the base image '$reference' has no usable digest: '$digest'"

put base-reference "$reference"
put base-digest "$digest"
put base-resolved-at "$(now_utc)"
say "Base image $reference is $digest"
