import { InputError } from '@passmuster/core/errors.ts';
import type { EvaluationFile } from '@passmuster/core/evidence/evaluation-files.ts';
import type {
  Conditions,
  Measured,
  NamedVersion,
  Origin,
  Reading,
  Unusable,
} from '@passmuster/core/evidence/measured.ts';
import { found } from '@passmuster/core/quote.ts';

/** What is known of a value beside itself. What the file says otherwise than expected is left out. */
interface About {
  readonly slice?: string | undefined;
  readonly samples?: unknown;
  readonly standardError?: unknown;
  readonly better?: 'higher' | 'lower' | undefined;
  readonly conditions?: Conditions;
}

type Open<T> = { -readonly [K in keyof T]: T[K] };

/** More than any evaluation has; a file of many more holds something else. */
const MOST_VALUES = 100_000;
/** Longer than any metric is called; a file of such names is made to fill memory and report. */
const LONGEST_NAME = 500;

export const isTooLong = (name: string | undefined): boolean =>
  name !== undefined && name.length > LONGEST_NAME;

const isVerbose = (conditions: Conditions): boolean =>
  Object.values(conditions).some((one) => typeof one === 'string' && isTooLong(one));

/** Finishes "`accuracy` is …". */
export function nonNumber(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'string' && value !== '' ? `the text ${found(value)}` : found(value);
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

const isSpread = (value: unknown): value is number => Number.isFinite(value) && Number(value) >= 0;

/** Takes down what a reader finds in one file. */
export class Findings {
  readonly file: EvaluationFile;
  readonly #measured: Measured[] = [];
  readonly #unusable: Unusable[] = [];
  readonly #remarks: string[] = [];
  #names: NamedVersion | undefined;
  #tooLong = 0;

  constructor(file: EvaluationFile) {
    this.file = file;
  }

  /** What stands under the name of a metric, and where: usable when it is a number. */
  take(metric: string, value: unknown, at: string, about: About = {}): void {
    const { slice, samples, standardError, better, conditions = {} } = about;
    if (typeof value !== 'number') {
      this.refuse(metric, nonNumber(value), at, slice);
      return;
    }
    if (isVerbose(conditions)) {
      this.refuse(metric, `under a condition of more than ${LONGEST_NAME} characters`, at, slice);
      return;
    }
    if (this.#leavesOut(metric, slice)) return;
    const measured: Open<Measured> = { metric, origin: this.#origin(at), value, conditions };
    if (slice !== undefined) measured.slice = slice;
    if (isCount(samples)) measured.samples = samples;
    if (isSpread(standardError)) measured.standardError = standardError;
    if (better !== undefined) measured.better = better;
    this.#measured.push(measured);
  }

  /** A metric that is there and cannot be used; `why` finishes "`accuracy` is …". */
  refuse(metric: string, why: string, at: string, slice?: string): void {
    if (this.#leavesOut(metric, slice)) return;
    const unusable: Open<Unusable> = { metric, origin: this.#origin(at), found: why };
    if (slice !== undefined) unusable.slice = slice;
    this.#unusable.push(unusable);
  }

  /** Counts names that are too long before they come here. */
  leaveOut(names: number): void {
    this.#tooLong += names;
  }

  /** What the file says of itself. */
  isAbout(names: NamedVersion | undefined): void {
    this.#names = names;
  }

  remark(text: string): void {
    this.#remarks.push(text);
  }

  /** Ends the reading: the file is not what it seemed to be. */
  fail(message: string, place: { readonly line?: number } = {}): never {
    throw new InputError([{ message, place: { file: this.file.path, ...place } }]);
  }

  reading(): Reading {
    const remarks = [...this.#remarks, ...this.#leftOut()];
    const isEmpty = this.#measured.length + this.#unusable.length + remarks.length === 0;
    if (isEmpty) remarks.push('The file holds no metrics.');
    const names = this.#names && { names: this.#names };
    return { measured: this.#measured, unusable: this.#unusable, remarks, ...names };
  }

  #leavesOut(metric: string, slice: string | undefined): boolean {
    const isOne = isTooLong(metric) || isTooLong(slice);
    if (isOne) this.#tooLong++;
    return isOne;
  }

  #leftOut(): string[] {
    if (this.#tooLong === 0) return [];
    const [names, were] = this.#tooLong === 1 ? ['name is', 'was'] : ['names are', 'were'];
    return [
      `${this.#tooLong} ${names} longer than ${LONGEST_NAME} characters and ${were} left out.`,
    ];
  }

  #origin(at: string): Origin {
    if (this.#measured.length + this.#unusable.length === MOST_VALUES) {
      const most = `The file holds more than ${MOST_VALUES} values`;
      this.fail(`${most}; expected the metrics of one evaluation.`);
    }
    const { path, digest } = this.file;
    return { kind: 'file', path, digest, at };
  }
}
