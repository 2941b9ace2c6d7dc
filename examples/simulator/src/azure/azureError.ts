// SPDX-License-Identifier: Apache-2.0

/** An error as Azure DevOps' REST API words it. */
export function azureError(status: number, message: string): Response {
  return Response.json(
    { $id: '1', innerException: null, message, errorCode: 0 },
    { status },
  );
}
