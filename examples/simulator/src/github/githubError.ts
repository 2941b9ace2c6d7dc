// SPDX-License-Identifier: Apache-2.0

/** An error as GitHub's REST API words it. */
export function githubError(
  status: number,
  message: string,
  errors?: { resource: string; field: string; message: string }[],
): Response {
  return Response.json(
    { message, errors, documentation_url: 'https://docs.github.com/rest' },
    { status },
  );
}
