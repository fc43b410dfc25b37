import type { Seal } from '@passmuster/core/ledger/ledger.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import { namesTicket } from '../register/tags.ts';

const PLAIN = /^[\w-]{1,64}$/;
const WITNESS = /^(.+)\/([1-9][0-9]{0,14}) (sha256:[0-9a-f]{64})(?: |$)/;
const COUNTED = /^[1-9][0-9]{0,14}$/;
const PREFIX = 'passmuster.moved.';

/** The tag of a version that says which ticket moved it there; none where the name fits into no tag. */
export const movedTag = (environment: string): string | undefined =>
  PLAIN.test(environment) ? `${PREFIX}${environment}` : undefined;

/** For people to read, and for others to see when the ledger was lost or cut off. */
export const movedText = (ledger: string, { number, digest }: Seal, by: string): string =>
  `${ledger}/${number} ${digest} by ${by}`;

/** What a version remembers of a ticket. */
export interface Witness extends Seal {
  /** Empty where the ticket gave the version its name; of that one, only the number is known. */
  readonly environment: string;
}

/** What versions remember of the ledger that moved them, wherever it did. */
export const witnessesOfMoves = (ledger: string, versions: readonly ModelVersion[]): Witness[] =>
  versions.flatMap(({ tags }) =>
    [...tags].flatMap(([tag, text]) => {
      const environment = tag.startsWith(PREFIX) ? tag.slice(PREFIX.length) : '';
      if (movedTag(environment) === undefined) return [];
      const [, name, number = '', digest = ''] = WITNESS.exec(text) ?? [];
      return name === ledger ? [{ environment, number, digest }] : [];
    }),
  );

const witnessesOfNames = (ledger: string, versions: readonly ModelVersion[]): Witness[] =>
  versions.flatMap((version) => {
    const number = namesTicket(ledger, version) ?? '';
    return COUNTED.test(number) ? [{ environment: '', number, digest: '' }] : [];
  });

/** The same with those tickets that gave versions their names. */
export const witnessesOf = (ledger: string, versions: readonly ModelVersion[]): Witness[] => [
  ...witnessesOfMoves(ledger, versions),
  ...witnessesOfNames(ledger, versions),
];
