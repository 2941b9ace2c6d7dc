#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Names the image by what it is made of (version, commit, base image), so that the same
# inputs always have the same name.
set -eu
. ci/lib.sh

need IMAGE_NAME
need_history
matches "$IMAGE_NAME" '[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+' ||
  die "IMAGE_NAME '$IMAGE_NAME' is not <registry>/<path> in lower case"

version=$(cat VERSION)
matches "$version" '[0-9]+\.[0-9]+\.[0-9]+' ||
  die "the file VERSION must hold a version such as 1.4.0, not '$version'"
base=$(get base-digest)
is_digest "$base" || die "no base image; run ci/base-image.sh first"
base_hex=${base#sha256:}
commit=$(git rev-parse HEAD)

put commit "$commit"
put tag "$version-$(printf %.7s "$commit")-$(printf %.8s "$base_hex")"
put change source
say "Image tag $(get tag)"
