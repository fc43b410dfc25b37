const PERCENT = /^(\d{1,3}(?:\.\d{1,6})?)\s*%?$/;

/** What is to become of a canary: nothing where none is spoken of. */
type CanaryWish = { readonly share: number } | 'drop' | undefined;

const shareOf = (text: string): number => Number(PERCENT.exec(text)?.[1] ?? Number.NaN);

export function canaryProblem(text: string | undefined): string | undefined {
  if (text === undefined || text === 'drop') return undefined;
  const share = shareOf(text);
  return share >= 0 && share <= 100
    ? undefined
    : `must be a percentage from 0 to 100, such as 10, or \`drop\`, not ${JSON.stringify(text)}`;
}

export const canaryWish = (text: string | undefined): CanaryWish =>
  text === undefined || text === 'drop' ? text : { share: shareOf(text) };
