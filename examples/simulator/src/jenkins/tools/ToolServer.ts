// SPDX-License-Identifier: Apache-2.0
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Tool, TOOL_VARIABLES } from './Tool';

/** Where the commands' own calls arrive, below the controller's address. */
export const TOOLS_PATH = '/simulated-tools';

const callSchema = z.object({
  tool: z.string(),
  args: z.array(z.string()),
  cwd: z.string(),
  stdin: z.string(),
  env: z.partialRecord(z.enum(TOOL_VARIABLES), z.string()).default({}),
});

/**
 * Answers the calls of the commands that scripts find in front of or behind their PATH.
 *
 * @remarks
 * A call carries a token that only builds of this process know.
 */
export class ToolServer {
  /** Sent by the commands in `Authorization`. */
  readonly token = randomBytes(24).toString('hex');
  readonly #tools: Record<string, Tool>;

  constructor(tools: Record<string, Tool>) {
    this.#tools = tools;
  }

  /** Whether a request is for the tools. */
  accepts(request: Request): boolean {
    return new URL(request.url).pathname === TOOLS_PATH;
  }

  /** Runs the command that a request asks for. */
  async handle(request: Request): Promise<Response> {
    const given = Buffer.from(request.headers.get('authorization') ?? '');
    const wanted = Buffer.from(`Bearer ${this.token}`);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      return new Response('This is for the scripts of builds only\n', {
        status: 403,
      });
    }
    const call = callSchema.safeParse(await request.json());
    const tool =
      call.success && new Map(Object.entries(this.#tools)).get(call.data.tool);
    if (!call.success || !tool) {
      return new Response('No such tool\n', { status: 404 });
    }
    try {
      return Response.json(await tool(call.data));
    } catch (error) {
      return Response.json({
        code: 1,
        stdout: '',
        stderr: `${call.data.tool}: ${
          error instanceof Error ? error.message : error
        }\n`,
      });
    }
  }
}
