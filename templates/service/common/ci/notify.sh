#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tells NOTIFY_CHANNEL that a build of the default branch failed: where, with links to the
# build and the commit. NOTIFY_URL, from the Jenkins credential 'notifications', is the
# address of an incoming webhook that takes {"channel", "text"}.
set -eu
. ci/lib.sh

need NOTIFY_CHANNEL NOTIFY_URL
step=$(awk '$2 == "failure" { print $1; exit }' "$STATE_DIR/steps" 2> /dev/null || true)
commit=$(git rev-parse HEAD)
address=$(commits_address "$(git_address)")
at=
[ -z "$step" ] || at=" at '$(step_name "$step")'"
where=$commit
[ -z "$address" ] || where=$address/$commit
printf '{"channel":%s,"text":%s}\n' "$(json_string "$NOTIFY_CHANNEL")" \
  "$(json_string "${JOB_NAME:-A build} #${BUILD_NUMBER:-?} failed$at: ${BUILD_URL:-} - commit $where")" \
  > build/notification.json
# the address itself is the secret, so it does not show in the list of processes
status=$(printf 'url = %s\n' "$(json_string "$NOTIFY_URL")" |
  curl --silent --max-time 20 --config - --output build/notification.answer \
    --write-out '%{http_code}' --header 'Content-Type: application/json' \
    --data-binary @build/notification.json) || status=none
case $status in
  2*) say "$NOTIFY_CHANNEL was told" ;;
  *) say "$NOTIFY_CHANNEL was not told: the address of the credential 'notifications' answered $status" ;;
esac
