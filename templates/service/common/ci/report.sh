#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs at the end of every build of the default branch, however it ended: sets a status on
# the commit for each step that ran, with a link to the build. A host that cannot be told
# does not fail the build.
set -eu
. ci/lib.sh

[ -f "$STATE_DIR/steps" ] || exit 0
address=$(web_address "$(git_address)")
if [ -z "$address" ] || [ -z "${GIT_PUSH_PSW:-}" ]; then
  say "No statuses are set: the repository has no web address, or there is no credential for it"
  exit 0
fi
commit=$(git rev-parse HEAD)
origin=$(printf '%s\n' "$address" | sed -e 's|^\([a-z]*://[^/]*\)/.*|\1|')
repository=${address#"$origin"/}
case $origin in
  https://github.com) api=https://api.github.com ;;
  *) api=$origin/api/v3 ;;
esac

# the last word of a step counts
awk '{ last[$1] = $2; if (!($1 in at)) { at[$1] = ++count; name[count] = $1 } }
  END { for (i = 1; i <= count; i++) print name[i], last[name[i]] }' "$STATE_DIR/steps" |
  while read -r step result; do
    if [ "$result" = success ]; then said='passed'; else said='failed'; fi
    printf '{"state":"%s","context":%s,"description":"%s","target_url":%s}' "$result" \
      "$(json_string "${JOB_NAME:-jenkins}: $(step_name "$step")")" "$said" \
      "$(json_string "${BUILD_URL:-}")" > build/status.json
    status=$(printf 'header = %s\n' "$(json_string "Authorization: Bearer $GIT_PUSH_PSW")" |
      curl --silent --show-error --max-time 20 --config - --output build/status.answer \
        --write-out '%{http_code}' --header 'Content-Type: application/json' \
        --data-binary @build/status.json "$api/repos/$repository/statuses/$commit") || status=none
    [ "$status" = 201 ] ||
      say "The status of '$(step_name "$step")' was not set: ${origin#*://} answered $status"
  done
