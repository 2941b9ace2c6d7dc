#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes delivery-release.json: the Release, as Jenkins archives it and Backstage reads it.
set -eu
. ci/lib.sh
. ci/chart.sh
. ci/changes.sh

only_on_default_branch
leave_without_image
need SERVICE_ENTITY JOB_NAME BUILD_NUMBER
if [ "${CHART_REGISTRY:-classic}" = none ]; then
  # this build keeps the package
  CHART_REPOSITORY_URL=
else
  need_chart_repository
fi
[ -f "$(get package)" ] || die "no package; run ci/package.sh first"

commit=$(git rev-parse HEAD)
chart_repository=$(without_credentials "${CHART_REPOSITORY_URL%/}")
values_repository=$(git_address)

values_files() {
  separator=
  for environment in $(environments); do
    # the bytes of the commit, whatever lies in the workspace
    git show "HEAD:values-$environment.yaml" > build/values-file
    printf '%s"%s":"sha256:%s"' "$separator" "$environment" "$(sha256 build/values-file)"
    separator=,
  done
}

# Keys in order and no white space, because the fingerprint is taken over this text.
chart=$(printf '{"digest":%s,"name":%s,"repository":%s,"version":%s}' \
  "$(json_string "$(get digest)")" "$(json_string "$(get name)")" \
  "$(json_string "$chart_repository")" "$(json_string "$(get version)")")
base=$(printf '"base":{"digest":%s,"reference":%s}' \
  "$(json_string "$(image_value base digest)")" "$(json_string "$(image_value base reference)")")
identity=$(printf '"digest":%s,"name":%s,"tag":%s' \
  "$(json_string "$(image_value digest)")" "$(json_string "$(image_value name)")" \
  "$(json_string "$(image_value tag)")")
values=$(printf '{"commit":"%s","files":{%s},"repository":%s}' \
  "$commit" "$(values_files)" "$(json_string "$values_repository")")
printf '{"chart":%s,"images":[{%s,%s}],"values":%s}' "$chart" "$base" "$identity" "$values" \
  > build/fingerprinted
put fingerprint "sha256:$(sha256 build/fingerprinted)"

derive_changes

cat > delivery-release.json <<RECORD
{
  "schema": "delivery.release/v1",
  "service": $(json_string "$SERVICE_ENTITY"),
  "number": $(get number),
  "chart": $chart,
  "values": $values,
  "images": [
    {
      $identity,
      $base,
      "builtBy": {
        "job": $(json_string "$(image_value builtBy job)"),
        "number": $(image_value builtBy number)
      }
    }
  ],
  "change": {
    "kind": $(json_string "$(cat build/change-kind)"),
    "commits": $(cat build/change-commits)
  },
  "build": { "job": $(json_string "$JOB_NAME"), "number": $BUILD_NUMBER },
  "builtAt": $(json_string "$(now_utc)")
}
RECORD
say "Release $(get number) is chart $(get version), because of: $(cat build/change-kind)"
