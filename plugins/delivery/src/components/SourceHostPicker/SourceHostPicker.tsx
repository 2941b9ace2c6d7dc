// SPDX-License-Identifier: Apache-2.0
import { useApiHolder } from '@backstage/core-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { ScaffolderField } from '@backstage/plugin-scaffolder-react/alpha';
import { useEffect, useMemo } from 'react';
import { sourceHosts } from './sourceHosts';

/**
 * A field of a template's form that offers the hosts on which repositories can be made; the
 * first is chosen already.
 *
 * @remarks
 * It is drawn by the form's own field for a choice, so that it looks and behaves as the
 * others do.
 */
export function SourceHostPicker(props: FieldExtensionComponentProps<string>) {
  const { formData, onChange, registry, required, disabled, schema, uiSchema } =
    props;
  const { StringField } = registry.fields;
  const apis = useApiHolder();
  const hosts = useMemo(() => sourceHosts(apis), [apis]);
  const first = hosts[0]?.host;

  useEffect(() => {
    if (!formData && first) {
      onChange(first);
    }
  }, [formData, first, onChange]);

  const choice =
    hosts.length > 0
      ? {
          enum: hosts.map(({ host }) => host),
          enumNames: hosts.map(({ label }) => label),
          default: first,
        }
      : {};
  return (
    <ScaffolderField
      rawDescription={uiSchema['ui:description'] ?? schema.description}
      required={required}
      disabled={disabled}
    >
      <StringField
        {...props}
        schema={{ ...schema, ...choice }}
        // the form's own field leaves out its label where another one is asked for
        uiSchema={{ ...uiSchema, 'ui:field': undefined }}
        disabled={disabled || hosts.length === 0}
      />
    </ScaffolderField>
  );
}
