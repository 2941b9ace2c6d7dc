#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the image on the resolved base image.
set -eu
. ci/lib.sh
. ci/images.sh

leave_when_nothing_to_do
docker build --pull \
  --build-arg "BASE_IMAGE=$(get base-reference)@$(get base-digest)" \
  --label "org.opencontainers.image.revision=$(get commit)" \
  --label "org.opencontainers.image.source=$(git_address)" \
  --label "org.opencontainers.image.version=$(get tag)" \
  --label "org.opencontainers.image.base.digest=$(get base-digest)" \
  --tag "$(image)" .
