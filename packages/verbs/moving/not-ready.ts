import type { Problem } from '@passmuster/core/errors.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';

/** Why a version can go nowhere yet. A registry that says nothing of it has no such state. */
export function notReady({ number, status, statusMessage }: ModelVersion): Problem | undefined {
  if (status === 'READY' || status === '') return undefined;
  const why = statusMessage === '' ? '' : `: ${quotable(statusMessage, 200)}`;
  return {
    message: `Number ${quotable(number)} is not ready: the registry says ${quotable(status)}${why}.`,
    hint: 'Wait until it is, or register it again.',
  };
}
