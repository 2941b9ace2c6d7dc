#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Packages the chart out of the commit, not out of the files lying around: the same commit
# always gives the same bytes. The environments' values files are not part of it; they
# travel to Spinnaker on their own.
set -eu
. ci/lib.sh
. ci/chart.sh

leave_without_image
check_image
need_history

name=$(chart_name)
version=$(chart_version)
matches "$name" '[a-z]([-a-z0-9]{0,38}[a-z0-9])?' || die "Chart.yaml: the name '$name' is not that of a service"

mkdir -p build
GIT_INDEX_FILE=$(pwd)/build/package.index
export GIT_INDEX_FILE
rm -f "$GIT_INDEX_FILE"
git ls-tree -r HEAD -- Chart.yaml Chart.lock values.yaml values.schema.json image.yaml \
  templates charts crds files README.md .helmignore |
  git update-index --index-info
chart_yaml=$({
  git show HEAD:Chart.yaml | sed -e "s/^version:.*/version: $version/" -e '/^appVersion:/d'
  printf '\nappVersion: "%s"\n' "$(image_value tag)"
} | git hash-object -w --stdin)
git update-index --add --cacheinfo "100644,$chart_yaml,Chart.yaml"

# A commit that no branch points to, dated as the real one: it dates the files in the package.
date="$(git show -s --format=%ct HEAD) +0000"
commit=$(
  GIT_AUTHOR_NAME=chart GIT_AUTHOR_EMAIL=chart@ci.invalid GIT_AUTHOR_DATE=$date \
    GIT_COMMITTER_NAME=chart GIT_COMMITTER_EMAIL=chart@ci.invalid GIT_COMMITTER_DATE=$date \
    git commit-tree "$(git write-tree)" -m "$name $version"
)
unset GIT_INDEX_FILE

package=build/$name-$version.tgz
git -c tar.umask=0022 archive --format=tar --prefix="$name/" "$commit" > build/package.tar
gzip -n -9 < build/package.tar > "$package"
rm -f build/package.tar build/package.index

put name "$name"
put version "$version"
put number "$(release_number)"
put package "$package"
put digest "sha256:$(sha256 "$package")"
say "Packaged $package ($(get digest))"
