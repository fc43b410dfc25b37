export interface Token {
  readonly kind: 'text' | 'number' | 'word' | 'sign';
  readonly text: string;
  readonly at: number;
}

/** Also what nobody should write: the mistakes are told from it. */
const TOKEN = new RegExp(
  [
    /(?<space>[ \t\r\n]+)/,
    /(?<text>"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)/,
    /(?<number>\.?\d(?:[eE][+-]\d|[\w.])*)/,
    /(?<word>[A-Za-z_][\w.]*)/,
    /(?<sign>[=!<>]==?|=[<>]|<>|&&|\|\||\/\/|.)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gsu',
);

const KINDS = ['text', 'number', 'word', 'sign'] as const;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: found, index, groups } of text.matchAll(TOKEN)) {
    const kind = KINDS.find((one) => groups?.[one] !== undefined);
    if (kind !== undefined) tokens.push({ kind, text: found, at: index });
  }
  return tokens;
}

/** A token with what stands beside it. */
export interface Spot extends Token {
  readonly whole: string;
  readonly before: Token | undefined;
  readonly after: Token | undefined;
  readonly next: Token | undefined;
}

export function spotsOf(whole: string): Spot[] {
  const tokens = tokensOf(whole);
  return tokens.map((token, index) => ({
    ...token,
    whole,
    before: tokens[index - 1],
    after: tokens[index + 1],
    next: tokens[index + 2],
  }));
}
