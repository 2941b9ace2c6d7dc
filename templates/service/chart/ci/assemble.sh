# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Puts the chart together as it is packaged: out of the commit, not out of the files lying
# around, with its version, the image of image.yaml and the charts it depends on.

# Prints the Git tree of the assembled chart.
assemble() {
  mkdir -p build
  # an index of its own; absolute, because Git takes it relative to the repository
  GIT_INDEX_FILE=$(pwd)/build/assemble.index
  export GIT_INDEX_FILE
  rm -f "$GIT_INDEX_FILE"
  git ls-tree -r HEAD -- Chart.yaml values.yaml values.schema.json image.yaml \
    templates charts crds files README.md .helmignore |
    git update-index --index-info
  {
    git show HEAD:Chart.yaml | sed -e "s/^version:.*/version: $(chart_version)/" -e '/^appVersion:/d'
    printf '\nappVersion: "%s"\n' "$(image_value tag)"
  } > build/Chart.yaml
  add_file build/Chart.yaml Chart.yaml
  if [ -n "$(dependencies)" ]; then
    fill_in_image
    add_file build/values.yaml values.yaml
    dependencies | while read -r name version _; do
      add_file "build/dependencies/$name-$version.tgz" "charts/$name-$version.tgz"
    done
  fi
  git write-tree
  unset GIT_INDEX_FILE
}

add_file() {
  added=$(git hash-object -w --stdin < "$1") || die "$1 is missing"
  git update-index --add --cacheinfo "100644,$added,$2"
}

# Writes an assembled chart into build/chart, for Helm to look at.
write_chart() {
  rm -rf build/chart
  GIT_INDEX_FILE=$(pwd)/build/assemble.index
  export GIT_INDEX_FILE
  git read-tree "$1"
  git checkout-index --all --prefix=build/chart/
  unset GIT_INDEX_FILE
}

# Writes build/values.yaml: values.yaml with the image of image.yaml on the lines that are
# marked for it.
fill_in_image() {
  full=$(image_value name)
  tag=$(image_value tag)
  digest=$(image_value digest)
  git show HEAD:values.yaml | grep -q '# from image.yaml:' ||
    die "values.yaml has no line marked '# from image.yaml:'; without one the chart would run an image of its own"
  # the values have no characters that mean something to sed
  git show HEAD:values.yaml | sed \
    -e "s|: .*# from image.yaml: registry\$|: \"${full%/*}\" # from image.yaml: registry|" \
    -e "s|: .*# from image.yaml: name\$|: \"${full##*/}\" # from image.yaml: name|" \
    -e "s|: .*# from image.yaml: full name\$|: \"$full\" # from image.yaml: full name|" \
    -e "s|: .*# from image.yaml: tag\$|: \"$tag\" # from image.yaml: tag|" \
    -e "s|: .*# from image.yaml: tag and digest\$|: \"$tag@$digest\" # from image.yaml: tag and digest|" \
    -e "s|: .*# from image.yaml: digest\$|: \"$digest\" # from image.yaml: digest|" \
    > build/values.yaml
}

# Fetches the charts that this one depends on; each is named by one exact version.
fetch_dependencies() {
  [ -n "$(dependencies)" ] || return 0
  command -v helm > /dev/null 2>&1 ||
    die "helm is not installed on this agent; a chart that depends on a published one needs Helm 3"
  mkdir -p build/dependencies
  dependencies | while read -r name version repository; do
    matches "$name" '[a-z0-9][a-z0-9.-]*' || die "Chart.yaml: a dependency has no usable name"
    matches "$version" '[0-9]+\.[0-9]+\.[0-9]+[0-9A-Za-z.+-]*' ||
      die "Chart.yaml: the dependency '$name' must name one exact version, not '$version'"
    case $repository in
      oci://*) helm pull "$repository/$name" --version "$version" --destination build/dependencies ;;
      http://* | https://*)
        helm pull "$name" --repo "$repository" --version "$version" --destination build/dependencies
        ;;
      *) die "Chart.yaml: the dependency '$name' must name its repository" ;;
    esac || die "the chart $name $version cannot be fetched from $(without_credentials "$repository")"
    [ -f "build/dependencies/$name-$version.tgz" ] ||
      die "$(without_credentials "$repository") gave something else than $name $version"
    say "Depends on $name $version (sha256:$(sha256 "build/dependencies/$name-$version.tgz"))"
  done
}
