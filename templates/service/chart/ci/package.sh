#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Packages the chart out of the commit, so that the same commit always gives the same bytes.
# The environments' values files are not part of it; they travel to Spinnaker on their own.
set -eu
. ci/lib.sh
. ci/chart.sh
. ci/assemble.sh

leave_without_image
check_image
need_history

name=$(chart_name)
version=$(chart_version)
matches "$name" '[a-z]([-a-z0-9]{0,38}[a-z0-9])?' || die "Chart.yaml: the name '$name' is not that of a service"

# A commit that no branch points to, dated as the real one: it dates the files in the package.
date="$(git show -s --format=%ct HEAD) +0000"
tree=$(assemble)
commit=$(
  GIT_AUTHOR_NAME=chart GIT_AUTHOR_EMAIL=chart@ci.invalid GIT_AUTHOR_DATE=$date \
    GIT_COMMITTER_NAME=chart GIT_COMMITTER_EMAIL=chart@ci.invalid GIT_COMMITTER_DATE=$date \
    git commit-tree "$tree" -m "$name $version"
)

package=build/$name-$version.tgz
git -c tar.umask=0022 archive --format=tar --prefix="$name/" "$commit" > build/package.tar
gzip -n -9 < build/package.tar > "$package"
rm -f build/package.tar
if [ "${CHART_HAND_OVER:-registry}" = embedded ] &&
  [ "$(wc -c < "$package")" -gt "$EMBEDDED_CHART_MAX_BYTES" ]; then
  die "$package has $(($(wc -c < "$package"))) bytes; at most $EMBEDDED_CHART_MAX_BYTES travel to Spinnaker with each start, so take out of the chart what it does not need, or keep it in a classic chart repository"
fi

put name "$name"
put version "$version"
put number "$(release_number)"
put package "$package"
put packaged "$commit"
put digest "sha256:$(sha256 "$package")"
say "Packaged $package ($(get digest))"
