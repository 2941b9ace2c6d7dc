// SPDX-License-Identifier: Apache-2.0

/** The lines of an answer as they come in; empty ones are left out. */
export async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = response.body
    ?.pipeThrough(new TextDecoderStream())
    .getReader();
  if (!reader) {
    return;
  }
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const lines = `${rest}${value ?? ''}`.split('\n');
      rest = done ? '' : lines.pop() ?? '';
      yield* lines.filter(line => line !== '');
      if (done) {
        return;
      }
    }
  } finally {
    await reader.cancel();
  }
}
