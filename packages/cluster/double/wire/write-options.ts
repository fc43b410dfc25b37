import type { Writing } from '../store/writes.ts';
import { type Cause, invalid, tooLong, unsupportedValue } from './status.ts';

export interface WriteOptions extends Writing {
  readonly strict: boolean;
  readonly warns: boolean;
}

const LONGEST_MANAGER = 128;
const VALIDATIONS = ['', 'Ignore', 'Strict', 'Warn'];

/** What a write is done as, from its query and from who says to be asking. */
export function writeOptions(
  kind: 'PatchOptions' | 'CreateOptions' | 'UpdateOptions' | 'DeleteOptions',
  query: URLSearchParams,
  agent: string | undefined,
): WriteOptions {
  const causes: Cause[] = [];
  const dryRun = query.getAll('dryRun');
  if (dryRun.some((one) => one !== 'All')) {
    const found = JSON.stringify(dryRun);
    causes.push(unsupportedValue('dryRun', found, ['All']));
  }
  const validation = query.get('fieldValidation') ?? '';
  if (!VALIDATIONS.includes(validation)) {
    causes.push(unsupportedValue('fieldValidation', JSON.stringify(validation), VALIDATIONS));
  }
  const given = query.get('fieldManager') ?? '';
  if (Buffer.byteLength(given) > LONGEST_MANAGER) {
    causes.push(tooLong('fieldManager', LONGEST_MANAGER));
  }
  if (causes.length > 0) throw invalid({ kind, group: 'meta.k8s.io' }, '', causes);
  return {
    manager: given || (agent ?? '').split('/')[0] || 'unknown',
    dryRun: dryRun.length > 0,
    strict: validation === 'Strict',
    warns: validation === '' || validation === 'Warn',
  };
}
