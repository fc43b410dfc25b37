import { survey } from './survey.ts';

export async function namesIn(folder: string): Promise<string[]> {
  return (await survey(folder, () => false)).files.map(({ path }) => path);
}

/** Why each path is refused. */
export async function refusedIn(folder: string): Promise<Record<string, string>> {
  const { refused } = await survey(folder, () => false);
  return Object.fromEntries(refused.map(({ path, reason }) => [path, reason]));
}
