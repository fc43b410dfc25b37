import type { SealedFacts } from '@passmuster/core/evidence/binding.ts';
import type { SealedName } from '@passmuster/core/versions/sealed.ts';

/** What a seal says that ties evidence to its version. */
export function sealedFacts({ digest, ticket }: SealedName): SealedFacts {
  const { run_id: runId, evaluations } = ticket.record ?? {};
  const digests = (Array.isArray(evaluations) ? evaluations : []).flatMap((one) =>
    typeof one?.digest === 'string' ? [one.digest] : [],
  );
  return {
    ...(typeof runId === 'string' && runId !== '' && { runId }),
    ...(digest !== undefined && { rootDigest: digest }),
    evaluations: new Set(digests),
  };
}
