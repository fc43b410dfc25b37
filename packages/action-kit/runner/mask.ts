import * as core from '@actions/core';
import type { VerbSpec } from '../spec/verb.ts';

/** Shorter ones would blot out half the log, and protect nothing. */
const SHORTEST = 4;

/** The forms in which a secret may turn up that the runner does not derive by itself. */
const formsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('hex'),
  Buffer.from(secret).toString('base64url'),
];

/** Masks what is secret, before anything else is read or printed. */
export function maskSecrets(spec: VerbSpec, raw: ReadonlyMap<string, string>): void {
  for (const [name, input] of Object.entries(spec.inputs)) {
    if (!input.secret) continue;
    const lines = (raw.get(name) ?? '').split(/\r?\n/).map((line) => line.trim());
    for (const line of lines) {
      if (line.length < SHORTEST) continue;
      for (const form of new Set(formsOf(line))) core.setSecret(form);
    }
  }
}
