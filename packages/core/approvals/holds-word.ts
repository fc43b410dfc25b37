/** What a word of addresses and digests is made of; a point or a colon only where it goes on after that. */
const BEFORE = /[\p{L}\p{N}\p{M}_/.%~-]$/u;
const AFTER = /^[.:@?#=&]{0,3}[\p{L}\p{N}\p{M}_/+%~-]/u;

/** Further than any of these signs reach, and no further: the text may be a file of many near misses. */
const NEAR = 8;

/** Whether a text holds a word as a whole: a digest is not in a longer one, nor an address in one below it. */
export function holdsWord(text: string, word: string): boolean {
  if (word === '') return false;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    const isAlone =
      !BEFORE.test(text.slice(Math.max(0, at - 2), at)) && !AFTER.test(text.slice(end, end + NEAR));
    if (isAlone) return true;
  }
  return false;
}
