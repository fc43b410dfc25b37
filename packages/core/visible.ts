const UNSEEN = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

/** Nearly every text; the other pattern takes longer to compile than a short run takes. */
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * One line in which everything is seen: what would be invisible, move the cursor or reverse the text
 * stands as its code point.
 */
export const visible = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text.replace(UNSEEN, (unseen) => `\\u{${unseen.codePointAt(0)?.toString(16)}}`);

/** Several lines, each of them visible; tabs become spaces. */
export const visibleLines = (text: string): string[] =>
  text
    .replaceAll('\t', '  ')
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(visible);
