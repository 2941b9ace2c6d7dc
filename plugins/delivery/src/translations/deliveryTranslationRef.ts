// SPDX-License-Identifier: Apache-2.0
import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * The headings and buttons of delivery, by key.
 *
 * @remarks
 * The sentences that are put together from facts (reasons, notes, the Now card)
 * are English only and not among them.
 * @public
 */
export const deliveryTranslationRef = createTranslationRef({
  id: 'delivery',
  messages: {
    path: {
      title: 'Promotion path',
      setUp: 'Set up delivery for {{name}}',
      notOnPath: 'This service is not on a promotion path yet',
    },
    records: {
      label: 'Delivery records',
      releases: 'Releases',
      history: 'History',
      builds: 'Builds',
    },
    panel: {
      approvals: 'Approvals',
      links: 'Links',
      actions: 'Actions',
    },
    actions: {
      refresh: 'Refresh',
      checkAgain: 'Check again',
      rollBack: 'Roll back…',
      hold: 'Hold promotions…',
      holdAll: 'Hold all promotions…',
      logs: 'Logs…',
      liftHold: 'Lift hold…',
      breakGlass: 'Override a gate (break glass)',
      override: 'Override a gate…',
      promoteWhenPossible: 'Promote when possible…',
    },
    overview: {
      title: 'Delivery',
      subtitle: 'Every service, every environment',
      services: 'Services',
    },
    approvals: {
      title: 'Approvals',
      subtitle: 'What waits for your decision, with the evidence beside it',
      waiting: 'Waiting for you',
      asked: 'Asked by you',
      decided: 'Decided',
      soonestFirst: 'Ending soonest first',
      newestFirst: 'Newest first',
      nothingWaiting: 'Nothing waits for your decision.',
      nothingAsked: 'You have asked for nothing that still waits.',
      nothingDecided: 'Nothing was decided yet.',
    },
  },
});
