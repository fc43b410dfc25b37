import type { Pattern } from '../../shape/text.ts';

/** No control, invisible or unassigned characters, no line breaks, no lone surrogates. */
export const VISIBLE: Pattern = {
  regex: /^[^\p{C}\u2028\u2029]*$/u,
  says: 'one line without control or invisible characters',
};

export const NOT_BLANK: Pattern = { regex: /\S/u, says: 'a text that is not blank' };

export const TRIMMED: Pattern = {
  regex: /^(?!\s).*(?<!\s)$/u,
  says: 'a name without space around it',
};

export const NOT_A_SELECTOR: Pattern = {
  regex: /^(?![Ll][Aa][Tt][Ee][Ss][Tt]$|[Vv]\p{Nd}+$)/u,
  says: 'another name than `latest`, or `v` and a number: the registry reads those as versions',
};

/** Any RFC 1123 label: what Kubernetes takes as the name of a namespace. */
const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';

export const NAMESPACED_NAME: Pattern = {
  regex: new RegExp(`^(?=[^/]{1,63}/)${LABEL}/(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`, 'u'),
  says: 'a namespace and a name as `namespace/name`, as Kubernetes takes them: small letters, digits and `-` (in the name also `.`)',
};

const codePoint = (char: string) =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const LOOKALIKES = [
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
] as const;

/** What lets a name pass for another that a reviewer knows. */
export function disguise(name: string): string | undefined {
  const odd = [...name].find((char) => char.normalize('NFKC') !== char);
  if (odd !== undefined) return `holds ${codePoint(odd)}; expected its plain form (Unicode NFKC)`;
  if (name.normalize('NFKC') !== name) return 'is not in its composed form (Unicode NFKC)';
  for (const word of name.split(/[^\p{L}\p{M}]+/u)) {
    if (!/\p{Script=Latin}/u.test(word)) continue;
    for (const [script, letters] of LOOKALIKES) {
      const found = letters.exec(word)?.[0];
      if (found) return `mixes Latin letters with ${script} ones (${codePoint(found)}) in one word`;
    }
  }
  return undefined;
}
