// SPDX-License-Identifier: Apache-2.0

/** The name of the Spinnaker pipeline that deploys to an environment. @public */
export function deployPipelineName(environment: string): string {
  return `Deploy to ${environment}`;
}
