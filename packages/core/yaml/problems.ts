import { InputError, type Problem } from '../errors.ts';
import type { Source } from '../shape/source.ts';

export interface Said {
  readonly message: string;
  readonly hint?: string | undefined;
}

/** More than anybody reads; what is above is counted only. */
const MOST = 100;

const column = ({ place }: Problem) => place?.column ?? 0;
const line = ({ place }: Problem) => place?.line ?? 0;

/** All that is wrong with one text, each with its place. */
export class Problems {
  readonly source: Source;
  readonly #found: Problem[] = [];
  #omitted = 0;

  constructor(source: Source) {
    this.source = source;
  }

  get any(): boolean {
    return this.#found.length > 0;
  }

  get full(): boolean {
    return this.#found.length >= MOST;
  }

  /** Takes a function, because a hostile text has more problems than are worth wording. */
  add(offset: number, say: () => Said): void {
    if (this.full) {
      this.#omitted++;
      return;
    }
    const { message, hint } = say();
    const said = hint === undefined ? { message } : { message, hint };
    this.#found.push(this.source.problem(offset, said));
  }

  omit(count: number): void {
    this.#omitted += count;
  }

  /** Throws: after this problem nothing else can be told. */
  fail(offset: number, said: Said): never {
    this.add(offset, () => said);
    throw this.#error();
  }

  throwAny(): void {
    if (this.any) throw this.#error();
  }

  #error(): InputError {
    const inOrder = this.#found.toSorted((a, b) => line(a) - line(b) || column(a) - column(b));
    const rest = { message: `There are more problems (${this.#omitted}) that are not shown.` };
    return new InputError(this.#omitted > 0 ? [...inOrder, rest] : inOrder);
  }
}
