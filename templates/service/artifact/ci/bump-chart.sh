#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes the new image into the chart repository, which is the record of what is to run.
# Deploys nothing. An older build that ends late leaves a newer image alone.
set -eu
. ci/lib.sh
. ci/images.sh
. ci/chart-repository.sh

only_on_default_branch
leave_when_nothing_to_do
need IMAGE_NAME JOB_NAME BUILD_NUMBER
digest=$(get digest)
is_digest "$digest" || die "no pushed image; run ci/push.sh first"
commit=$(get commit)

# Whether the image in the chart repository is at least as new as ours.
chart_is_newer() {
  [ -f "$CHART_CLONE/image.yaml" ] || return 1
  delivered=$(yaml_value "$CHART_CLONE/image.yaml" source commit)
  if [ "$delivered" = "$commit" ]; then
    # the same source: the later look at the base image wins
    theirs=$(yaml_value "$CHART_CLONE/image.yaml" base resolvedAt)
    ours=$(get base-resolved-at)
    [ "$(printf '%s\n%s\n' "$theirs" "$ours" | sort | tail -n 1)" = "$theirs" ] &&
      [ "$theirs" != "$ours" ]
  else
    # commits that came after this checkout are needed to compare with them
    git_with_login fetch --quiet "$(git_address)" "$DEFAULT_BRANCH" || true
    is_older "$commit" "$delivered"
  fi
}

write_image() {
  cat > "$CHART_CLONE/image.yaml" <<IMAGE
# The image to run. Written by the Jenkins job $JOB_NAME; its next build overwrites edits.
name: "$IMAGE_NAME"
tag: "$(get tag)"
digest: "$digest"
base:
  reference: "$(get base-reference)"
  digest: "$(get base-digest)"
  resolvedAt: "$(get base-resolved-at)"
source:
  repository: "$(git_address)"
  commit: "$commit"
builtBy:
  job: "$JOB_NAME"
  number: $BUILD_NUMBER
IMAGE
}

write_message() {
  {
    printf 'Run image %s\n\n' "$(get tag)"
    printf 'Delivery-Change: %s\n' "$(get change)"
    printf 'Delivery-Source-Repository: %s\n' "$(git_address)"
    printf 'Delivery-Source-Commit: %s\n' "$commit"
    tr '\001-\010\013-\037\177' ' ' < build/commits | sed -e '/./!d' -e 's/^/Delivery-Commit: /'
  } > build/message
}

if [ "$(get change)" = source ]; then
  author_name=$(git log -1 --format=%an)
  author_email=$(git log -1 --format=%ae)
fi
committer_name=${GIT_COMMITTER_NAME:-Jenkins}
committer_email=${GIT_COMMITTER_EMAIL:-jenkins@ci.invalid}

attempt=1
while :; do
  clone_chart
  if chart_is_newer; then
    say "The chart repository has an image of a newer build ($(yaml_value "$CHART_CLONE/image.yaml" tag)); left as it is"
    exit 0
  fi
  if [ -f "$CHART_CLONE/image.yaml" ] &&
    [ "$(yaml_value "$CHART_CLONE/image.yaml" digest)" = "$digest" ]; then
    say "The chart repository has this image already"
    exit 0
  fi
  write_image
  write_message
  git -C "$CHART_CLONE" add image.yaml
  GIT_AUTHOR_NAME=${author_name:-$committer_name} \
    GIT_AUTHOR_EMAIL=${author_email:-$committer_email} \
    GIT_COMMITTER_NAME=$committer_name \
    GIT_COMMITTER_EMAIL=$committer_email \
    git -C "$CHART_CLONE" commit --quiet --cleanup=verbatim --file="$(pwd)/build/message"
  if git_with_login -C "$CHART_CLONE" push --quiet origin "HEAD:refs/heads/$DEFAULT_BRANCH"; then
    say "The chart repository now names $(image) ($digest)"
    exit 0
  fi
  [ "$attempt" -lt 5 ] ||
    die "the chart repository refused the change five times; check that the Jenkins credential 'git-push' may push to $DEFAULT_BRANCH of $(without_credentials "$(chart_git_url)")"
  attempt=$((attempt + 1))
  say "Somebody else pushed in between; trying again ($attempt of 5)"
done
