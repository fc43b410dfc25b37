import type { Files } from '@passmuster/core/files.ts';
import { MAX_FILES } from '@passmuster/core/paths.ts';
import { digest } from './digest.ts';
import { read } from './read.ts';
import { readFound } from './read-found.ts';
import { survey } from './survey.ts';
import { within } from './within.ts';
import { write } from './write.ts';

/** The files of this machine. */
export const diskFiles = (): Files => ({
  survey: (folder, skip, signal) => survey(folder, skip, MAX_FILES, signal),
  digest: (folder, files, options) => digest(folder, files, options),
  readFound,
  read,
  within,
  write,
});
