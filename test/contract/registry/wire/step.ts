export type Server = 'embedded' | 'mlflow-3.17.2' | 'mlflow-2.22.5';

export interface Expected {
  readonly status: number;
  /** MLflow's `error_code`; without one the answer is not an error of the API. */
  readonly code?: string;
  readonly message?: RegExp;
  /** What the body holds at least. */
  readonly has?: object;
  /** The body, all of it. */
  readonly is?: unknown;
  /** Paths that the body does not have, as `registered_model.tags`. */
  readonly lacks?: readonly string[];
  /** How the text of the body reads. */
  readonly text?: RegExp;
  readonly type?: RegExp;
}

/**
 * One request as it goes over the wire, and what must come back. In its texts `<m>` stands for a
 * name that nobody else uses, and `<x>` for what an earlier step kept as `x`.
 */
export interface Step {
  readonly does: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below `/api/2.0/mlflow/`, or from the root when it begins with a slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly json?: unknown;
  /** A body as it is, with no type unless the headers say one. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly expect: Expected;
  /** Names for what stands at paths of the answer. */
  readonly keep?: Readonly<Record<string, string>>;
  /** Servers that answer otherwise, and why that is right or has to be lived with. */
  readonly differs?: Partial<Record<Server, Partial<Expected> & { readonly why: string }>>;
}

export interface Sequence {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** An error of the API. */
export const error = (status: number, code: string, message?: RegExp): Expected => ({
  status,
  code,
  ...(message ? { message } : {}),
});

export const INVALID = error(400, 'INVALID_PARAMETER_VALUE');
export const MISSING = error(404, 'RESOURCE_DOES_NOT_EXIST');
export const EXISTS = error(400, 'RESOURCE_ALREADY_EXISTS');
export const DONE: Expected = { status: 200, is: {} };

type Rest = Partial<Pick<Step, 'keep' | 'differs' | 'headers'>>;

const withBody =
  (method: 'POST' | 'PATCH' | 'DELETE') =>
  (does: string, path: string, json: object, expect: Expected, rest: Rest = {}): Step => ({
    does,
    method,
    path,
    json,
    expect,
    ...rest,
  });

export const post = withBody('POST');
export const patch = withBody('PATCH');
export const remove = withBody('DELETE');

export const get = (
  does: string,
  path: string,
  query: Readonly<Record<string, string | readonly string[]>>,
  expect: Expected,
  rest: Rest = {},
): Step => ({ does, method: 'GET', path, query, expect, ...rest });

export const ok = (has: object, ...lacks: readonly string[]): Expected => ({
  status: 200,
  has,
  lacks,
});
