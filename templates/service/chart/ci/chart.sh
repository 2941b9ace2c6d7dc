# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What the scripts beside it know of this chart.

# The largest package that is handed to Spinnaker itself. In base64, with the values beside
# it, it stays below the 1 MiB that proxies before Spinnaker usually let through.
# shellcheck disable=SC2034 # used by package.sh
EMBEDDED_CHART_MAX_BYTES=524288

# Stops unless Jenkins says where the chart is kept. One that has repositories of both kinds
# says the OCI registry apart.
need_chart_repository() {
  if [ "${CHART_REGISTRY:-classic}" != oci ]; then
    need CHART_REPOSITORY_URL
  elif [ -z "${CHART_REPOSITORY_URL:-}" ] || [ -n "${CHART_OCI_REPOSITORY_URL:-}" ]; then
    need CHART_OCI_REPOSITORY_URL
    CHART_REPOSITORY_URL=$CHART_OCI_REPOSITORY_URL
  fi
}

chart_name() {
  sed -n 's/^name: *//p' Chart.yaml | head -n 1
}

# How many commits the default branch has up to this one.
release_number() {
  git rev-list --count HEAD
}

# <major.minor of Chart.yaml>.<release number>
chart_version() {
  written=$(sed -n 's/^version: *//p' Chart.yaml | head -n 1)
  matches "$written" '[0-9]+\.[0-9]+\.[0-9]+' ||
    die "the version in Chart.yaml must look like 1.4.0, not '$written'"
  say "${written%.*}.$(release_number)"
}

# The charts that this one depends on, one per line: name, version, repository.
dependencies() {
  awk '
    function show() { if (name != "") print name, (version == "" ? "-" : version), (repository == "" ? "-" : repository) }
    function value(line) { sub(/^[^:]*:[ ]*/, "", line); gsub(/^["\047]|["\047]$/, "", line); return line }
    /^[a-zA-Z]/ { inside = ($0 ~ /^dependencies:/); next }
    !inside { next }
    /^ *- / { show(); name = version = repository = ""; sub(/- /, "  ") }
    /^ *name:/ { name = value($0) }
    /^ *version:/ { version = value($0) }
    /^ *repository:/ { repository = value($0) }
    END { show() }' Chart.yaml
}

# The environments, one per line and in order: those that have a values file.
environments() {
  names=
  for file in values-*.yaml; do
    [ -f "$file" ] || die "there is no values-<environment>.yaml"
    environment=${file#values-}
    environment=${environment%.yaml}
    matches "$environment" '[a-z]([-a-z0-9]{0,38}[a-z0-9])?' ||
      die "'$environment' of $file is not the name of an environment"
    names="$names $environment"
  done
  # shellcheck disable=SC2086 # one word per name
  printf '%s\n' $names | sort
}

# What helm is told so that it renders everything of an environment at once.
# part_option ENVIRONMENT
part_option() {
  strategy=$(yaml_value "values-$1.yaml" strategy)
  if [ "${strategy:-$(yaml_value values.yaml strategy)}" = blue-green ]; then
    say '--set part=all'
  fi
}

# Ends the calling script while no image was built yet: there is nothing to release.
leave_without_image() {
  if [ ! -f image.yaml ]; then
    say "There is no image.yaml yet; the Jenkins job 'image' writes it, and then there is something to release"
    exit 0
  fi
}

image_value() {
  yaml_value image.yaml "$@"
}

# Stops unless image.yaml is of the form that the job 'image' writes.
check_image() {
  matches "$(image_value name)" '[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+' ||
    die "image.yaml: 'name' is not the name of an image"
  matches "$(image_value tag)" '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}' ||
    die "image.yaml: 'tag' is not a tag"
  [ "$(image_value tag)" != latest ] ||
    die "image.yaml: 'tag' must name one build"
  is_digest "$(image_value digest)" ||
    die "image.yaml: 'digest' is not sha256: and 64 hexadecimal digits"
  is_digest "$(image_value base digest)" ||
    die "image.yaml: 'base.digest' is not sha256: and 64 hexadecimal digits"
  matches "$(image_value source commit)" '[0-9a-f]{40}' ||
    die "image.yaml: 'source.commit' is not a full commit id"
  matches "$(image_value builtBy number)" '[1-9][0-9]*' ||
    die "image.yaml: 'builtBy.number' is not the number of a build"
}
