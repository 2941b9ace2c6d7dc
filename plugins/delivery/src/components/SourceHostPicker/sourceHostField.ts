// SPDX-License-Identifier: Apache-2.0
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { SourceHostPicker } from './SourceHostPicker';
import { validateSourceHost } from './validateSourceHost';

/** The field under the name that templates call it by: `ui:field: SourceHostPicker`. */
export const sourceHostField = createFormField({
  name: 'SourceHostPicker',
  component: SourceHostPicker,
  validation: validateSourceHost,
});
