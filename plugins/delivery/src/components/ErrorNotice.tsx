// SPDX-License-Identifier: Apache-2.0
import { errorText } from '../view/errorText';
import { ActionButton } from './ActionButton';
import { Alert } from './Alert';

/** Why something did not work, in words, with another try where one helps. */
export function ErrorNotice(props: {
  error: Error;
  /** What was tried, for people: "The history could not be loaded". */
  title?: string;
  onRetry?: () => void;
}) {
  const { title, detail } = errorText(props.error);
  return (
    <Alert
      tone="bad"
      urgent
      title={props.title ?? title}
      actions={
        props.onRetry && (
          <ActionButton small onPress={props.onRetry}>
            Try again
          </ActionButton>
        )
      }
    >
      {props.title ? `${title}: ${detail}` : detail}
    </Alert>
  );
}
