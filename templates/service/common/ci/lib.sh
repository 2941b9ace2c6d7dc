# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced by the scripts beside it, which run from the root of the repository.
# What one script finds out, the next ones read from build/state.

# Bytes, not characters: the same order and the same cuts on every agent.
LC_ALL=C
export LC_ALL

DEFAULT_BRANCH=${DEFAULT_BRANCH:-main}
STATE_DIR=build/state

say() {
  printf '%s\n' "$*"
}

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# at_exit COMMAND: runs it when this script ends, however it ends; the last one first.
at_exit() {
  AT_EXIT="$1
${AT_EXIT:-}"
}

# Notes how each step of the Jenkinsfile ended, for ci/report.sh and ci/notify.sh.
ended() {
  ended_as=$1
  eval "${AT_EXIT:-}"
  step=${0##*/}
  case $step in
    report.sh | notify.sh) ;;
    *)
      mkdir -p "$STATE_DIR"
      if [ "$ended_as" -eq 0 ]; then result=success; else result=failure; fi
      printf '%s %s\n' "${step%.sh}" "$result" >> "$STATE_DIR/steps"
      ;;
  esac
}
trap 'ended $?' EXIT

# step_name SCRIPT: image-test is shown as Image test.
step_name() {
  printf '%s\n' "$1" | tr '-' ' ' | awk '{ print toupper(substr($0, 1, 1)) substr($0, 2) }'
}

# need NAME...: stops when one of these environment variables is empty.
need() {
  for needed in "$@"; do
    eval "needed_value=\${$needed:-}"
    # shellcheck disable=SC2154 # set by eval
    [ -n "$needed_value" ] ||
      die "$needed is not set; set it in Jenkins (Manage Jenkins, System, Global properties) or in the Jenkinsfile"
  done
}

put() {
  mkdir -p "$STATE_DIR"
  printf '%s\n' "$2" > "$STATE_DIR/$1"
}

get() {
  if [ -f "$STATE_DIR/$1" ]; then
    cat "$STATE_DIR/$1"
  fi
}

# The branch that is built. Jenkins sets BRANCH_NAME in multibranch jobs only.
branch() {
  built=${BRANCH_NAME:-${GIT_BRANCH:-}}
  say "${built#origin/}"
}

on_default_branch() {
  [ -z "${CHANGE_ID:-}" ] && [ "$(branch)" = "$DEFAULT_BRANCH" ]
}

only_on_default_branch() {
  on_default_branch ||
    die "this step changes things outside of this build and is for the branch $DEFAULT_BRANCH only, not for '$(branch)'"
}

need_history() {
  [ "$(git rev-parse --is-shallow-repository)" = false ] ||
    die "the checkout is shallow; turn off 'Shallow clone' in the job, because versions come from the history"
}

# matches TEXT EXTENDED-REGEX: whether the whole text has that form.
matches() {
  printf '%s\n' "$1" | grep -E -x -q -e "$2"
}

is_digest() {
  matches "$1" 'sha256:[0-9a-f]{64}'
}

sha256() {
  if command -v sha256sum > /dev/null 2>&1; then
    sha256sum < "$1" | cut -d ' ' -f 1
  elif command -v shasum > /dev/null 2>&1; then
    shasum -a 256 < "$1" | cut -d ' ' -f 1
  else
    openssl dgst -sha256 -r < "$1" | cut -d ' ' -f 1
  fi
}

# A web or Git address without the user and password that may stand in it.
without_credentials() {
  printf '%s\n' "$1" | sed -e 's|^\([a-z][a-z0-9+.-]*://\)[^/@]*@|\1|'
}

git_address() {
  without_credentials "${GIT_URL:-$(git config --get remote.origin.url || true)}"
}

now_utc() {
  date -u +%Y-%m-%dT%H:%M:%SZ
}

# A JSON string of the argument; control characters become spaces.
json_string() {
  printf '%s' "$1" | tr '\001-\037\177' ' ' | awk '
    { text = text $0 }
    END {
      for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        out = out ((c == "\\" || c == "\"") ? "\\" c : c)
      }
      printf "\"%s\"", out
    }'
}

# One line per commit, oldest first: id, time, e-mail, name, title; between tabs.
# Takes the arguments of git log.
commit_lines() {
  TZ=UTC git log --reverse --max-count=50 --date=format-local:%Y-%m-%dT%H:%M:%SZ \
    --format='%H%x09%ad%x09%ae%x09%an%x09%s' "$@"
}

# commits_json COMMIT-ADDRESS: turns commit lines into a JSON array.
commits_json() {
  awk -F '\t' -v web="$1" '
    function cut(text, max) {
      if (length(text) <= max) return text
      text = substr(text, 1, max)
      # do not leave half of a character
      while (text ~ /[\200-\277]$/) text = substr(text, 1, length(text) - 1)
      sub(/[\300-\377]$/, "", text)
      return text
    }
    function quote(text,   i, c, out) {
      for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        out = out ((c == "\\" || c == "\"") ? "\\" c : (c < " " || c == "\177") ? " " : c)
      }
      return "\"" out "\""
    }
    $1 ~ /^[0-9a-f]+$/ && length($1) == 40 {
      title = $5
      for (field = 6; field <= NF; field++) title = title " " $field
      printf "%s{\"id\":\"%s\",\"title\":%s,\"author\":{\"name\":%s", \
        (count++ ? "," : "["), $1, quote(cut(title, 200)), quote(cut($4, 200))
      if ($3 != "") printf ",\"email\":%s", quote(cut($3, 320))
      printf "}"
      if ($2 ~ /^[0-9][0-9T:-]*Z$/) printf ",\"at\":\"%s\"", $2
      if (web != "") printf ",\"url\":\"%s/%s\"", web, $1
      printf "}"
    }
    END { printf "%s]", (count ? "" : "[") }'
}

# What the repository is on, in the words of Backstage's integrations. The Jenkinsfile says it
# as SOURCE_HOST; gitlab.com and bitbucket.org are known, and anything else is taken for a GitHub.
source_host() {
  case ${SOURCE_HOST:+said}$(git_address) in
    said*) say "$SOURCE_HOST" ;;
    https://gitlab.com/*) say gitlab ;;
    https://bitbucket.org/*) say bitbucketCloud ;;
    *) say github ;;
  esac
}

# The address of the REST API of that host, which the Jenkinsfile says as SOURCE_HOST_API.
source_host_api() {
  case ${SOURCE_HOST_API:+said}$(git_address) in
    said*) say "$SOURCE_HOST_API" ;;
    https://github.com/*) say https://api.github.com ;;
    https://gitlab.com/*) say https://gitlab.com/api/v4 ;;
    https://bitbucket.org/*) say https://api.bitbucket.org/2.0 ;;
    *) git_address | sed -e 's|^\([a-z]*://[^/]*\)/.*|\1/api/v3|' ;;
  esac
}

# The address at which people read a repository, or nothing when it is not a web address.
web_address() {
  case $1 in
    http://* | https://*) ;;
    *) return 0 ;;
  esac
  printf '%s\n' "${1%.git}" | awk -F / -v OFS=/ -v host="$(source_host)" '
    # …/scm/key/name, and …/scm/~person/name
    host == "bitbucketServer" && $(NF - 2) == "scm" {
      person = sub(/^~/, "", $(NF - 1))
      owner = person ? "users/" $(NF - 1) : "projects/" toupper($(NF - 1))
      name = $NF
      NF -= 3
      print $0, owner, "repos", name
      next
    }
    { print }'
}

# commits_address GIT-ADDRESS: where people read the commits of a repository on the same host,
# each below it by its id; nothing when the repository has no web address.
commits_address() {
  commits_at=$(web_address "$1")
  [ -n "$commits_at" ] || return 0
  case $(source_host) in
    gitlab) say "$commits_at/-/commit" ;;
    bitbucketServer | bitbucketCloud) say "$commits_at/commits" ;;
    *) say "$commits_at/commit" ;;
  esac
}

# yaml_value FILE KEY [SUBKEY]: a value of a flat file that one of these scripts wrote.
yaml_value() {
  awk -v key="$2" -v sub_key="${3:-}" '
    function value(line) {
      sub(/^[^:]*:[ ]*/, "", line)
      gsub(/^"|"$/, "", line)
      return line
    }
    /^[a-zA-Z]/ { top = $0; sub(/:.*/, "", top) }
    sub_key == "" && $0 ~ ("^" key ":") { print value($0); exit }
    sub_key != "" && top == key && $0 ~ ("^  " sub_key ":") { print value($0); exit }
  ' "$1"
}

# git with the credentials of the Jenkins credential bound as GIT_PUSH, when there is one.
git_with_login() {
  if [ -n "${GIT_PUSH_USR:-}" ]; then
    GIT_ASKPASS="$(pwd)/build/git-askpass"
    export GIT_ASKPASS
    if [ ! -x "$GIT_ASKPASS" ]; then
      cp ci/git-askpass.sh "$GIT_ASKPASS"
      chmod 700 "$GIT_ASKPASS"
    fi
    GIT_TERMINAL_PROMPT=0 git -c credential.helper= "$@"
  else
    GIT_TERMINAL_PROMPT=0 git "$@"
  fi
}

# curl with a user and password that do not show in the list of processes.
# curl_with_login USER PASSWORD ARGUMENTS...
curl_with_login() {
  login_user=$1
  login_password=$2
  shift 2
  if [ -n "$login_user" ]; then
    printf 'user = %s\n' "$(json_string "$login_user:$login_password")" |
      curl --silent --show-error --max-time 150 --config - "$@"
  else
    curl --silent --show-error --max-time 150 "$@"
  fi
}
