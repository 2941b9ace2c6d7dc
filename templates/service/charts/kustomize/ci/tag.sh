#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Gives the packaged kustomization a Git tag named as its version: Spinnaker renders Kustomize
# out of a Git repository only. The tag holds what the package holds, byte by byte, and is
# never moved.
set -eu
. ci/lib.sh
. ci/chart.sh

only_on_default_branch
leave_without_image
version=$(get version)
packaged=$(get packaged)
matches "$packaged" '[0-9a-f]{40}' || die "no package; run ci/package.sh first"

shown=$(git_address)
there=$(git_with_login ls-remote "$shown" "refs/tags/$version") ||
  die "the repository $shown cannot be read"
there=$(printf '%s' "$there" | cut -f 1)
if [ -z "$there" ]; then
  git_with_login push --quiet "$shown" "$packaged:refs/tags/$version" ||
    die "the repository $shown refused the tag $version; check that the Jenkins credential 'git-push' may push tags"
  say "Tagged $version for Spinnaker"
elif [ "$there" = "$packaged" ]; then
  say "$shown has this very tag already"
else
  die "the repository $shown has something else tagged $version; a version is never overwritten, so commit something to get a new one"
fi
