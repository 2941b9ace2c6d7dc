// SPDX-License-Identifier: Apache-2.0

/** An error as GitLab's REST API words it. */
export function gitlabError(status: number, message: string): Response {
  return Response.json({ message }, { status });
}
