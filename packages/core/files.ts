import type { Progress } from './progress.ts';

/** A regular file below a folder, as found without reading it. */
export interface FoundFile {
  /** Relative to the folder, with `/` between names. */
  readonly path: string;
  readonly size: number;
  /** Tells this file from any other that may take its place before it is read. */
  readonly identity: string;
  /** Whether the path is that of a link, to a file that lies in the folder too. */
  readonly isLink?: true;
}

/** Something below a folder that is never read: a link that leads out, a pipe, a name that is not safe. */
export interface Refused {
  readonly path: string;
  readonly reason: string;
}

export interface Survey {
  readonly files: readonly FoundFile[];
  readonly refused: readonly Refused[];
}

export type Algorithm = 'sha256' | 'md5';

export interface Digests {
  readonly sha256: string;
  /** Only where it was asked for. */
  readonly md5?: string;
}

/** The digests of a file, or why it could not be read as one piece. */
export type Digested = Digests | { readonly refused: string };

export interface DigestOptions {
  /** SHA-256 is computed in any case. */
  readonly algorithms: readonly Algorithm[];
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Files on disk. Nothing behind a link that leads out of a folder is ever read. */
export interface Files {
  /** Every file below the folder, sorted by code points, leaving out what `skip` names by path. */
  survey(folder: string, skip: (path: string) => boolean, signal: AbortSignal): Promise<Survey>;
  /** The digests in the order of the files given. When the signal comes, it rejects with its reason. */
  digest(folder: string, files: readonly FoundFile[], options: DigestOptions): Promise<Digested[]>;
  /** A file of the survey, whole; or why it is not read: it is no longer that file, or it is larger. */
  readFound(
    folder: string,
    file: FoundFile,
    maxBytes: number,
  ): Promise<Uint8Array | { readonly refused: string }>;
  /** The whole file, or nothing when there is none. More than `maxBytes` is an input error that names the file. */
  read(path: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Where in the folder a file stands or would stand; nothing when it lies elsewhere. */
  within(folder: string, path: string): Promise<string | undefined>;
  /** The whole content or nothing at all; an existing file is replaced. */
  write(
    path: string,
    content: string,
    /** Whether a folder that is not there is made. */
    how?: { readonly makesFolder: boolean },
  ): Promise<void>;
}
