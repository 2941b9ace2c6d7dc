// SPDX-License-Identifier: Apache-2.0

const EXCEPTIONS: Partial<Record<number, string>> = {
  400: 'com.atlassian.bitbucket.validation.ArgumentValidationException',
  401: 'com.atlassian.bitbucket.auth.IncorrectPasswordAuthenticationException',
  404: 'com.atlassian.bitbucket.NoSuchEntityException',
  409: 'com.atlassian.bitbucket.IntegrityException',
};

/** An error as the REST API of Bitbucket Data Center words it. */
export function bitbucketServerError(
  status: number,
  message: string,
  exceptionName = EXCEPTIONS[status],
): Response {
  return Response.json(
    { errors: [{ context: null, message, exceptionName }] },
    { status },
  );
}
