// SPDX-License-Identifier: Apache-2.0

/** An error as the REST API of Bitbucket Cloud words it. */
export function bitbucketCloudError(status: number, message: string): Response {
  return Response.json({ type: 'error', error: { message } }, { status });
}
