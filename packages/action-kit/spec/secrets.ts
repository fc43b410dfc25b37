import type { VerbSpec } from './verb.ts';

/** Shorter ones would blot out half the log, and protect nothing. */
const SHORTEST = 4;

/** The forms in which a secret may turn up in what is printed, unless it is too short to be one. */
export const formsOf = (secret: string): string[] =>
  secret.length < SHORTEST
    ? []
    : [
        secret,
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
        Buffer.from(secret).toString('hex'),
        Buffer.from(secret).toString('base64'),
        Buffer.from(secret).toString('base64url'),
      ];

/** All that must never be shown of what was given, the longest first. */
export function secretsIn(spec: VerbSpec, raw: ReadonlyMap<string, string>): string[] {
  const forms = Object.entries(spec.inputs)
    .filter(([, { secret }]) => secret)
    .flatMap(([name]) => (raw.get(name) ?? '').split(/\r?\n/))
    .flatMap((line) => formsOf(line.trim()));
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}
