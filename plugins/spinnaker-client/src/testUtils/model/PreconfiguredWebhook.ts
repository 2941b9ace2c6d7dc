// SPDX-License-Identifier: Apache-2.0

/** A webhook as an operator configures it in Orca (`webhook.preconfigured`). @public */
export interface PreconfiguredWebhook {
  /** The Spinnaker stage type under which it is used. */
  type: string;
  label: string;
  description?: string;
  url: string;
  method: string;
  customHeaders?: Record<string, string[]>;
  /** A text with expressions, usually JSON. */
  payload?: string;
  waitForCompletion?: boolean;
  statusUrlResolution?: 'getMethod' | 'locationHeader' | 'webhookResponse';
  statusUrlJsonPath?: string;
  statusJsonPath?: string;
  progressJsonPath?: string;
  successStatuses?: string;
  canceledStatuses?: string;
  terminalStatuses?: string;
  signalCancellation?: boolean;
  cancelEndpoint?: string;
  cancelMethod?: string;
  cancelPayload?: string;
  /** Overwrites what an author put there. */
  parameterValues?: Record<string, string>;
}

/**
 * The operator's configuration of the claim, as it worked with a real Orca.
 *
 * @remarks
 * `url` is the claims route of the portal, `token` its service token.
 *
 * @public
 */
export function claimWebhook(options: {
  url: string;
  token: string;
}): PreconfiguredWebhook {
  const { url, token } = options;
  return {
    type: 'deliveryClaim',
    label: 'Delivery claim',
    description: 'Asks the portal whether this execution may deploy',
    url,
    method: 'POST',
    customHeaders: {
      Authorization: [`Bearer ${token}`],
      'Content-Type': ['application/json'],
    },
    payload: `{"executionId": \${#toJson(execution.id)}, "promotionId": \${#toJson(trigger.parameters['promotionId'])}}`,
    waitForCompletion: true,
    statusUrlResolution: 'webhookResponse',
    statusUrlJsonPath: '$.links.status',
    statusJsonPath: '$.status',
    progressJsonPath: '$.progress',
    successStatuses: 'ADMITTED',
    canceledStatuses: 'WITHDRAWN',
    terminalStatuses: 'REFUSED,EXPIRED',
    // Set here, because a pipeline's author could otherwise set it.
    signalCancellation: true,
    cancelEndpoint: `${url}/cancel`,
    cancelMethod: 'POST',
    cancelPayload: `{"executionId": \${#toJson(execution.id)}}`,
    parameterValues: {},
  };
}
