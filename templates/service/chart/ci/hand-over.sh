#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tells Spinnaker that there is a new Release for the environments of HAND_OVER_TO, which
# take every one without asking. Fails when Spinnaker refuses.
set -eu
. ci/lib.sh
. ci/chart.sh

only_on_default_branch
leave_without_image
if [ -z "${HAND_OVER_TO:-}" ]; then
  say "No environment takes Releases by itself; Backstage promotes them"
  exit 0
fi
need SPINNAKER_URL
[ -f delivery-release.json ] || die "no Release; run ci/release.sh first"

spinnaker=${SPINNAKER_URL%/}
shown=$(without_credentials "$spinnaker")
service=$(get name)
fingerprint=$(get fingerprint)
is_digest "$fingerprint" || die "no fingerprint; run ci/release.sh first"

# The package itself where Spinnaker does not read it from a chart repository.
chart_parameter() {
  if [ "${CHART_HAND_OVER:-registry}" = embedded ]; then
    printf ',\n    "chartBase64": "%s"' "$(base64 < "$(get package)" | tr -d '\r\n')"
  fi
}

for environment in $HAND_OVER_TO; do
  git show "HEAD:values-$environment.yaml" > build/values-file ||
    die "HAND_OVER_TO names '$environment', but there is no values-$environment.yaml"
  # Spinnaker evaluates expressions in whatever it is sent, so only plain names, versions,
  # digests and base64 leave from here.
  cat > build/hand-over.json <<PAYLOAD
{
  "application": "$service",
  "environment": "$environment",
  "parameters": {
    "chartVersion": "$(get version)",
    "valuesBase64": "$(base64 < build/values-file | tr -d '\r\n')",
    "valuesDigest": "sha256:$(sha256 build/values-file)",
    "fingerprint": "$fingerprint"$(chart_parameter)
  }
}
PAYLOAD
  status=$(curl_with_login "${SPINNAKER_LOGIN_USR:-}" "${SPINNAKER_LOGIN_PSW:-}" \
    --output build/hand-over.answer --write-out '%{http_code}' \
    --header 'Content-Type: application/json' --data-binary @build/hand-over.json \
    "$spinnaker/webhooks/webhook/$service") ||
    die "Spinnaker at $shown cannot be reached"
  case $status in
    200 | 202) ;;
    401 | 403) die "Spinnaker at $shown refused the Jenkins credential 'spinnaker-webhook' ($status)" ;;
    413) die "what stands before Spinnaker at $shown takes no request of this size; let it take 2 MiB (NGINX: client_max_body_size)" ;;
    *) die "Spinnaker at $shown answered $status to the hand-over of Release $(get number)" ;;
  esac
  grep -q '"eventProcessed" *: *true' build/hand-over.answer ||
    die "Spinnaker at $shown did not take the hand-over of Release $(get number): $(head -c 300 build/hand-over.answer)"
  say "Spinnaker has Release $(get number) for $environment"
done
