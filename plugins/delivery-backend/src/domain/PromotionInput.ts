// SPDX-License-Identifier: Apache-2.0
import type {
  Decision,
  Digest,
  EntityRef,
  ExecutionRef,
  Progress,
  Subject,
} from 'backstage-plugin-delivery-common';

/** Something that happened to a Promotion, at an instant in ISO 8601. */
export type PromotionInput = { at: string } & (
  | {
      type: 'gates-passed';
      decision: Decision;
      approvedBy: EntityRef[];
      requestHash: Digest;
      pipelineId: string;
    }
  | {
      type: 'subject-changed';
      subject: Digest;
      fields: Subject;
      changed: string[];
    }
  | { type: 'waits'; reason: string }
  | { type: 'call-begins' }
  | { type: 'call-unknown'; reason: string }
  | { type: 'start-refused'; reason: string }
  | { type: 'start-again' }
  | { type: 'execution-found'; execution: ExecutionRef; adopted: boolean }
  | { type: 'progress'; progress: Progress; deployReached: boolean }
  | { type: 'execution-succeeded' }
  | {
      type: 'execution-failed';
      message: string;
      /** Whose words the message is, when not the engine's. */
      saidBy?: string;
      deployReached: boolean;
    }
  | { type: 'execution-cancelled'; message: string; deployReached: boolean }
  | { type: 'seen-healthy' }
  | { type: 'seen-unhealthy' }
  | { type: 'verified' }
  | { type: 'verification-failed'; message: string }
  | { type: 'overtaken'; reason: string }
  | { type: 'unclear'; reason: string }
  | { type: 'approved'; by: EntityRef; reason?: string }
  | { type: 'withdrawn'; by: EntityRef; reason?: string }
  | { type: 'overridden'; by: EntityRef; gates: string[]; reason: string }
  | { type: 'rejected'; by: EntityRef; reason: string }
  | { type: 'cancel-requested'; by?: EntityRef; reason: string }
  | { type: 'cancel-sent' }
  | { type: 'superseded'; reason: string }
  | { type: 'expired' }
  | { type: 'none-exists'; by: EntityRef; reason: string }
  | { type: 'given-up'; by: EntityRef; reason: string }
  | { type: 'adopted'; by: EntityRef; reason: string; execution: ExecutionRef }
);
