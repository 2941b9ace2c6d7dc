// SPDX-License-Identifier: Apache-2.0

/** An error as Gitea's REST API words it. */
export function giteaError(status: number, message: string): Response {
  return Response.json({ message, url: '/api/swagger' }, { status });
}
