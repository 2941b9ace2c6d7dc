#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Pushes the image under its own tag, which is never used twice, and writes
# delivery-image.json: what this build vouches for.
set -eu
. ci/lib.sh
. ci/images.sh
. ci/evidence.sh

only_on_default_branch
leave_when_nothing_to_do
need JOB_NAME BUILD_NUMBER
registry_login

digest=$(image_digest "$(image)")
if [ -n "$digest" ]; then
  say "$(image) exists already: checking and using that one"
  docker pull "$(image)"
  sh ci/image-test.sh
  sh ci/scan.sh
else
  docker push "$(image)"
  digest=$(image_digest "$(image)")
fi
is_digest "$digest" || die "the registry named no digest for $(image)"
put digest "$digest"

change=$(get change)
previous=$(get previous-commit)
repository=$(git_address)
if [ "$change" = base-image ]; then
  : > build/commits
elif [ -n "$previous" ] && git cat-file -e "$previous^{commit}" 2> /dev/null; then
  commit_lines "$previous..HEAD" > build/commits
else
  commit_lines HEAD > build/commits
fi

cat > delivery-image.json <<RECORD
{
  "schema": "delivery.image/v1",
  "image": {
    "name": $(json_string "$IMAGE_NAME"),
    "tag": $(json_string "$(get tag)"),
    "digest": $(json_string "$digest")
  },
  "base": {
    "reference": $(json_string "$(get base-reference)"),
    "digest": $(json_string "$(get base-digest)")
  },
  "source": {
    "repository": $(json_string "$repository"),
    "commit": $(json_string "$(get commit)"),
    "branch": $(json_string "$(branch)")
  },
  "change": $(json_string "$change"),
  "commits": $(commits_json "$(commits_address "$repository")" < build/commits),
$(evidence)
  "build": { "job": $(json_string "$JOB_NAME"), "number": $BUILD_NUMBER },
  "builtAt": $(json_string "$(now_utc)")
}
RECORD
say "Pushed $(image) as $digest"
