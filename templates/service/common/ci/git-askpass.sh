#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Answers git's questions with the Jenkins credential 'git-push', which its Jenkinsfile
# binds as GIT_PUSH.
case $1 in
  Username*) printf '%s\n' "$GIT_PUSH_USR" ;;
  Password*) printf '%s\n' "$GIT_PUSH_PSW" ;;
  *) exit 1 ;;
esac
