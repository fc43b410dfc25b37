import type { Files } from '@passmuster/core/files.ts';
import { digest } from './digest.ts';
import { read } from './read.ts';
import { survey } from './survey.ts';
import { within } from './within.ts';
import { write } from './write.ts';

/** The files of this machine. */
export const diskFiles = (): Files => ({
  survey: (folder, skip) => survey(folder, skip),
  digest: (folder, files, options) => digest(folder, files, options),
  read,
  within,
  write,
});
