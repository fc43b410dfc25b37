/** A tool that keeps a ConfigMap as it wants it, and so puts back what others write. */
export interface Owner {
  readonly tool: string;
  /** What on the object shows it, as a sentence. */
  readonly says: string;
  /** What to do instead. */
  readonly hint: string;
}
