/** What a raw text came to: its value, or a sentence that finishes "`name` …". */
export type Parsed<Value> = { readonly value: Value } | { readonly problem: string };

/** One input of a verb, as data: everything that is generated or read comes from here. */
export interface Input<Value> {
  readonly kind: string;
  /** One sentence, for `action.yml`, the README and `--help`. */
  readonly about: string;
  readonly required: boolean;
  readonly example?: string;
  /** The raw text that stands in when nothing is given, in a job and in a terminal. */
  readonly default?: string;
  /** A default that only GitHub can fill in, such as `${{ github.token }}`. */
  readonly jobDefault?: string;
  /** The variable that a terminal reads when the flag is absent. */
  readonly variable?: string;
  readonly secret: boolean;
  /** Whether a flag may be repeated, each time adding a line. */
  readonly repeats: boolean;
  readonly choices?: readonly string[];
  /** The value when there is nothing to read. */
  readonly absent: Value;
  parse(raw: string): Parsed<Value>;
}

export interface Options<Value> {
  readonly about: string;
  readonly required?: boolean;
  readonly default?: string;
  readonly jobDefault?: string;
  readonly variable?: string;
  readonly example?: string;
  /** A rule of this input alone; a sentence that finishes "`name` …" when it is broken. */
  readonly check?: (value: Value) => string | undefined;
}

/** A value that may be absent, unless the input is required or has a default. */
type Given<O, Value> = O extends { required: true } | { default: string }
  ? Value
  : Value | undefined;

interface Kind<Value> {
  readonly kind: string;
  readonly parse: (raw: string) => Parsed<Value>;
  readonly secret?: boolean;
  readonly repeats?: boolean;
  readonly choices?: readonly string[];
}

function input<Value, Absent>(
  kind: Kind<Value>,
  options: Options<Value>,
  absent: Absent,
): Input<Value | Absent> {
  const { check, required = false, ...described } = options;
  return {
    secret: false,
    repeats: false,
    ...kind,
    ...described,
    required,
    absent,
    parse(raw) {
      const parsed = kind.parse(raw);
      const problem = 'value' in parsed ? check?.(parsed.value) : undefined;
      return problem === undefined ? parsed : { problem };
    },
  };
}

/** A kind whose inputs may be absent. */
export const kindOf =
  <Value>(kind: Kind<Value>) =>
  <const O extends Options<Value>>(options: O): Input<Given<O, Value>> =>
    input(kind, options, undefined) as Input<Given<O, Value>>;

/** A kind whose inputs always have a value: this one when nothing is given. */
export const kindWith =
  <Value>(kind: Kind<Value>, absent: Value) =>
  (options: Options<Value>): Input<Value> =>
    input(kind, options, absent);
