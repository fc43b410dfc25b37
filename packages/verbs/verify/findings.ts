import type { Difference } from '@passmuster/core/manifest/compare.ts';
import type { DigestedFile, Manifest } from '@passmuster/core/manifest/entry.ts';
import type { VersionCheck } from './version.ts';

/** What `register` sealed, held against the files. */
export interface SealCheck {
  readonly model: string;
  /** Its sealed name, or what was asked for. */
  readonly version: string;
  /** The registry's number of it. */
  readonly number: string;
  /** The root digest that was sealed; nothing when none was. */
  readonly digest?: string;
  /** Why there is nothing to compare. */
  readonly reason?: string;
  readonly matches: boolean;
}

/** All that a run has found out, before it is put into words. */
export interface Findings {
  readonly folder: string;
  readonly manifestFile: string;
  readonly kind: Manifest['kind'];
  /** False where there is no manifest: only the sealed digest says what the files must be. */
  readonly listed?: false;
  /** Present when the manifest was made, not read. */
  readonly written?: 'new' | 'replaced' | 'unchanged' | 'not written';
  /** How many files are not as the manifest that was replaced listed them. */
  readonly replaced?: number;
  /** The files that are as they should be. */
  readonly same: readonly DigestedFile[];
  readonly differences: readonly Difference[];
  /** Files that stand in no manifest and were allowed to. */
  readonly allowed: number;
  readonly version?: VersionCheck;
  readonly seal?: SealCheck;
  readonly note?: string;
  /** What stood in the folder and was not looked at. */
  readonly skipped?: readonly string[];
}

export const passes = ({ differences, version, seal }: Findings): boolean =>
  differences.length === 0 && version?.matches !== false && seal?.matches !== false;
