# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Why this Release exists, told from the commits since the last one.

# The commits of this Release, oldest first.
released_commits() {
  previous=${GIT_PREVIOUS_SUCCESSFUL_COMMIT:-}
  if [ -n "$previous" ] && [ "$previous" != "$(git rev-parse HEAD)" ] &&
    git merge-base --is-ancestor "$previous" HEAD 2> /dev/null; then
    git rev-list --reverse "$previous..HEAD"
  elif git rev-parse --quiet --verify HEAD^1 > /dev/null; then
    git rev-list --reverse 'HEAD^1..HEAD'
  else
    git rev-list HEAD
  fi
}

# The trailer values of one commit.
trailer() {
  git show -s --format="%(trailers:key=$2,valueonly,unfold)" "$1" | sed '/^$/d'
}

# What one commit is: source or base-image when the job 'image' made it, else configuration.
# A commit that touches more than image.yaml was made by a person, whatever it says.
kind_of() {
  said=$(trailer "$1" Delivery-Change | head -n 1)
  touched=$(git diff-tree --root --no-commit-id --name-only -r "$1")
  case $said in
    source | base-image)
      if [ "$touched" = image.yaml ]; then say "$said"; else say configuration; fi
      ;;
    *) say configuration ;;
  esac
}

# Writes build/change-kind and, as JSON, build/change-commits.
derive_changes() {
  own_web=$(commits_address "$(git_address)")
  source_web=$(commits_address "$(image_value source repository)")
  : > build/own-commits
  : > build/source-commits
  kind=
  for commit in $(released_commits); do
    this=$(kind_of "$commit")
    case $this in
      source | base-image)
        trailer "$commit" Delivery-Commit >> build/source-commits
        ;;
      *)
        commit_lines -1 "$commit" >> build/own-commits
        ;;
    esac
    # several changes in one Release: the source counts most, the base image least
    case $this:$kind in
      source:* | *:source) kind=source ;;
      configuration:* | *:configuration) kind=configuration ;;
      *) kind=base-image ;;
    esac
  done
  say "$kind" > build/change-kind
  tail -n 50 build/source-commits > build/commits-source
  tail -n "$((50 - $(grep -c '' build/commits-source || true)))" build/own-commits > build/commits-own
  {
    commits_json "$source_web" < build/commits-source
    commits_json "$own_web" < build/commits-own
  } | sed -e 's/\]\[/,/' -e 's/^\[,/[/' -e 's/,\]$/]/' > build/change-commits
}
