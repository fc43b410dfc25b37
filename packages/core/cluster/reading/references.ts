/**
 * The variables that Kubernetes puts in for `$(NAME)`. `$$` stands for one `$`, and what has no end is no
 * reference. A shell's own `$NAME` is not among them: it reads the environment, which is told by itself.
 */
export function referencesIn(text: string): string[] {
  const names: string[] = [];
  for (let at = text.indexOf('$'); at !== -1; at = text.indexOf('$', at)) {
    if (text[at + 1] !== '(') {
      at += 2;
      continue;
    }
    const end = text.indexOf(')', at);
    // Nothing after it can end either.
    if (end === -1) break;
    names.push(text.slice(at + 2, end));
    at = end + 1;
  }
  return names;
}
