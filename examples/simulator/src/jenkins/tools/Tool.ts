// SPDX-License-Identifier: Apache-2.0

/** The variables of a script that a command is told of. */
export const TOOL_VARIABLES = ['HELM_REGISTRY_CONFIG'] as const;

/** One call of a command by a script of a build. */
export type ToolCall = {
  args: string[];
  /** Where the script runs. */
  cwd: string;
  stdin: string;
  /** What the script's environment says of the command, where it says anything. */
  env: Partial<Record<(typeof TOOL_VARIABLES)[number], string>>;
};

/** What a command prints and how it ends. */
export type ToolResult = { code: number; stdout: string; stderr: string };

/** A command that the simulated agent offers. */
export type Tool = (call: ToolCall) => ToolResult | Promise<ToolResult>;

/** A command that did its work. */
export function done(stdout: string, stderr = ''): ToolResult {
  return { code: 0, stdout, stderr };
}

/** A command that did not. */
export function failed(stderr: string, code = 1): ToolResult {
  return { code, stdout: '', stderr: `${stderr}\n` };
}
