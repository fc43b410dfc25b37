import { qualified, type Resource } from '../resources.ts';

export interface Cause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

export interface Details {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly causes?: readonly Partial<Cause>[];
  readonly retryAfterSeconds?: number;
}

export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, never>>;
  readonly status: 'Failure';
  readonly message: string;
  readonly reason?: string;
  readonly details?: Details;
  readonly code: number;
}

/** An answer that is an error, in the words of the API server. */
export class StatusError extends Error {
  readonly code: number;
  readonly body: Status;

  constructor(code: number, reason: string, message: string, details?: Details) {
    super(message);
    this.name = 'StatusError';
    this.code = code;
    this.body = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      ...(reason !== '' && { reason }),
      ...(details && { details }),
      code,
    };
  }
}

type Named = Pick<Resource, 'plural' | 'group'>;

const detailsOf = ({ plural, group }: Named, name: string): Details => ({
  ...(name !== '' && { name }),
  ...(group !== '' && { group }),
  kind: plural,
});

export const notFound = (of: Named, name: string): StatusError =>
  new StatusError(
    404,
    'NotFound',
    `${qualified(of.plural, of.group)} ${JSON.stringify(name)} not found`,
    detailsOf(of, name),
  );

export const unknownResource = (): StatusError =>
  new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});

export const alreadyExists = (of: Named, name: string): StatusError =>
  new StatusError(
    409,
    'AlreadyExists',
    `${qualified(of.plural, of.group)} ${JSON.stringify(name)} already exists`,
    detailsOf(of, name),
  );

export const conflict = (of: Named, name: string, why?: string): StatusError => {
  const stale =
    'the object has been modified; please apply your changes to the latest version and try again';
  const what = `${qualified(of.plural, of.group)} ${JSON.stringify(name)}`;
  const message = `Operation cannot be fulfilled on ${what}: ${why ?? stale}`;
  return new StatusError(409, 'Conflict', message, detailsOf(of, name));
};

export const forbidden = (of: Named, name: string, why: string): StatusError => {
  const what = qualified(of.plural, of.group);
  const named = name === '' ? what : `${what} ${JSON.stringify(name)}`;
  return new StatusError(403, 'Forbidden', `${named} is forbidden: ${why}`, detailsOf(of, name));
};

export const unauthorized = (): StatusError => new StatusError(401, 'Unauthorized', 'Unauthorized');

export const badRequest = (message: string): StatusError =>
  new StatusError(400, 'BadRequest', message);

export const methodNotAllowed = (): StatusError =>
  new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );

export const tooLarge = (message: string): StatusError =>
  new StatusError(413, 'RequestEntityTooLarge', message);

/** What the server says of a JSON Patch that it cannot apply: not why. */
export const opaque = (): StatusError =>
  new StatusError(
    422,
    'Invalid',
    'the server rejected our request due to an error in our request',
    {},
  );

export const unsupportedMedia = (): StatusError =>
  new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});

export const unreadableVersion = (asked: string, where = 'resourceVersion: '): StatusError => {
  const found = JSON.stringify(asked);
  const value = where === '' ? '' : `${where}Invalid value: ${found}: `;
  const why = `strconv.ParseUint: parsing ${found}: invalid syntax`;
  return new StatusError(500, '', `${value}${why}`);
};

export const expired = (message: string): StatusError => new StatusError(410, 'Expired', message);

export const fromTheFuture = (asked: number, current: number): StatusError =>
  new StatusError(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${asked}, current: ${current}`,
    {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  );

/** Several problems of one object, each with its field. */
export function invalid(
  of: { readonly kind: string; readonly group: string },
  name: string,
  causes: readonly Cause[],
): StatusError {
  const texts = [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))];
  const all = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const kind = qualified(of.kind, of.group);
  return new StatusError(422, 'Invalid', `${kind} ${JSON.stringify(name)} is invalid: ${all}`, {
    ...(name !== '' && { name }),
    ...(of.group !== '' && { group: of.group }),
    ...(of.kind !== '' && { kind: of.kind }),
    causes,
  });
}

export const invalidValue = (field: string, value: unknown, why: string): Cause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${JSON.stringify(value)}: ${why}`,
  field,
});

export const unsupportedValue = (
  field: string,
  value: string,
  known: readonly string[],
): Cause => ({
  reason: 'FieldValueNotSupported',
  message: `Unsupported value: ${value}: supported values: ${known.map((one) => JSON.stringify(one)).join(', ')}`,
  field,
});

export const forbiddenValue = (field: string, why: string): Cause => ({
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${why}`,
  field,
});

export const tooLong = (field: string, bytes: number): Cause => ({
  reason: 'FieldValueTooLong',
  message: `Too long: may not be more than ${bytes} bytes`,
  field,
});
