import type { NamedVersion } from '@passmuster/core/evidence/measured.ts';
import { own } from './fields.ts';

const MODEL = ['model', 'model_name', 'registered_model'];
const VERSION = ['version', 'model_version', 'number'];
const DIGEST = ['digest', 'root_digest', 'model_digest'];

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isName = (value: unknown): boolean => isText(value) || Number.isSafeInteger(value);

/** What all keys that are there say alike; nothing where one says something else, or no name. */
function agreed(document: unknown, keys: readonly string[], isSo = isName): string | undefined {
  const said = keys.map((key) => own(document, key)).filter((value) => value !== undefined);
  const [name, ...more] = new Set(said.map(String));
  return said.every(isSo) && more.length === 0 ? name : undefined;
}

/** Which model, version and files a document says at its top that it is about. */
export function namedVersion(document: unknown): NamedVersion | undefined {
  const model = agreed(document, MODEL);
  const version = agreed(document, VERSION);
  const digest = agreed(document, DIGEST, isText);
  if ((model ?? version ?? digest) === undefined) return undefined;
  return {
    ...(model !== undefined && { model }),
    ...(version !== undefined && { version }),
    ...(digest !== undefined && { digest }),
  };
}
