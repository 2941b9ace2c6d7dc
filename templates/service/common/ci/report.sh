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
api=$(source_host_api)
login=$(printf 'header = %s' "$(json_string "Authorization: Bearer $GIT_PUSH_PSW")")
passed=success
failed=failure
named='"context":%s'
linked=target_url
case $(source_host) in
  gitlab)
    # a GitLab may live below a path of its host
    repository=$(printf '%s\n' "${address#"${api%/api/v4}"/}" | sed -e 's|/|%2F|g')
    statuses=$api/projects/$repository/statuses/$commit
    login=$(printf 'header = %s' "$(json_string "PRIVATE-TOKEN: $GIT_PUSH_PSW")")
    failed=failed
    ;;
  gitea)
    # so may a Gitea; it takes a token for the password of anybody
    statuses=$api/repos/${address#"${api%/api/v1}"/}/statuses/$commit
    login=$(printf 'user = %s' "$(json_string "${GIT_PUSH_USR:-jenkins}:$GIT_PUSH_PSW")")
    ;;
  azure)
    statuses="${address%%/_git/*}/_apis/git/repositories/${address##*/}/commits/$commit/statuses?api-version=7.1"
    login=$(printf 'user = %s' "$(json_string "${GIT_PUSH_USR:-jenkins}:$GIT_PUSH_PSW")")
    passed=succeeded
    failed=failed
    named='"context":{"genre":"jenkins","name":%s}'
    linked=targetUrl
    ;;
  bitbucketServer | bitbucketCloud)
    owner=$(git_address | awk -F / '{ print $(NF - 1) }')
    if [ "$(source_host)" = bitbucketServer ]; then
      statuses=$api/projects/$owner/repos/${address##*/}/commits/$commit/builds
      named='"key":%s'
    else
      statuses=$api/repositories/$owner/${address##*/}/commit/$commit/statuses/build
      named='"key":"KEY","name":%s'
    fi
    # the token of a project or repository is no password of a user
    case ${GIT_PUSH_USR:-} in
      '' | x-token-auth) ;;
      *) login=$(printf 'user = %s' "$(json_string "$GIT_PUSH_USR:$GIT_PUSH_PSW")") ;;
    esac
    passed=SUCCESSFUL
    failed=FAILED
    linked=url
    ;;
  *)
    statuses=$api/repos/${address#"$origin"/}/statuses/$commit
    ;;
esac

# the last word of a step counts
awk '{ last[$1] = $2; if (!($1 in at)) { at[$1] = ++count; name[count] = $1 } }
  END { for (i = 1; i <= count; i++) print name[i], last[name[i]] }' "$STATE_DIR/steps" |
  while read -r step result; do
    if [ "$result" = success ]; then
      state=$passed
      said=passed
    else
      state=$failed
      said=failed
    fi
    name=$(json_string "${JOB_NAME:-jenkins}: $(step_name "$step")")
    # where a key may have 40 characters only
    key=$(printf '%s' "$name" | git hash-object --stdin)
    named_so=$(printf '%s\n' "$named" | sed -e "s|KEY|$key|")
    printf "{\"state\":\"%s\",$named_so,\"description\":\"%s\",\"%s\":%s}" "$state" "$name" \
      "$said" "$linked" "$(json_string "${BUILD_URL:-}")" > build/status.json
    status=$(printf '%s\n' "$login" |
      curl --silent --show-error --max-time 20 --config - --output build/status.answer \
        --write-out '%{http_code}' --header 'Content-Type: application/json' \
        --data-binary @build/status.json "$statuses") || status=none
    case $status in
      2*) ;;
      *)
        # GitLab refuses to set the same status again
        { [ "$status" = 400 ] && grep -q 'Cannot transition status' build/status.answer; } ||
          say "The status of '$(step_name "$step")' was not set: ${origin#*://} answered $status"
        ;;
    esac
  done
