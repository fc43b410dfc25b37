import { InputError, type Problem } from '../errors.ts';
import type { Files, FoundFile } from '../files.ts';
import { found } from '../quote.ts';
import { decodeUtf8 } from '../utf8.ts';
import { MOST_YAML_BYTES } from '../yaml/limits.ts';
import { parsePolicy } from './parse.ts';
import type { Policy } from './policy.ts';

/** What the work tree of a pull request holds at the path of the policy. */
export type Proposed =
  | { readonly is: 'policy'; readonly policy: Policy }
  | { readonly is: 'absent' }
  | { readonly is: 'unusable'; readonly problems: readonly Problem[] };

const ROOT = '.';

const wrong = (path: string, reason: string): InputError =>
  new InputError([
    {
      message: `The policy ${found(path)} ${reason}.`,
      place: { file: path },
      hint: 'Put the file itself there.',
    },
  ]);

/** Lines of what is wrong are shown, so a link is not followed even to what lies in the folder. */
async function textOf(path: string, file: FoundFile, files: Files): Promise<string> {
  if (file.isLink) throw wrong(path, 'is a link, which is not followed in a pull request');
  const content = await files.readFound(ROOT, file, MOST_YAML_BYTES);
  if ('refused' in content) throw wrong(path, content.refused);
  return decodeUtf8(content, path);
}

async function policyIn(
  path: string,
  files: Files,
  signal: AbortSignal,
): Promise<Policy | undefined> {
  const elsewhere = (one: string) => one !== path && !path.startsWith(`${one}/`);
  const survey = await files.survey(ROOT, elsewhere, signal);
  const [refused] = survey.refused;
  if (refused) throw wrong(refused.path, refused.reason);
  const file = survey.files.find((one) => one.path === path);
  return file && parsePolicy(await textOf(path, file, files), path);
}

/** The pull request's own policy. Whoever wrote it may have meant harm, so nothing in it is an error here. */
export async function proposedPolicy(
  path: string,
  files: Files,
  signal: AbortSignal,
): Promise<Proposed> {
  try {
    const policy = await policyIn(path, files, signal);
    return policy ? { is: 'policy', policy } : { is: 'absent' };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { is: 'unusable', problems: error.problems };
  }
}
