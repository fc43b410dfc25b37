/** The codes of MLflow that the registry answers with. */
const CODES = {
  INVALID_PARAMETER_VALUE: { status: 400, state: 'KAM00', class: 'INVALID_PARAMETER_VALUE' },
  RESOURCE_ALREADY_EXISTS: { status: 400, state: 'KAM00', class: 'RESOURCE_ALREADY_EXISTS' },
  RESOURCE_DOES_NOT_EXIST: { status: 404, state: 'KAM00', class: 'RESOURCE_NOT_FOUND' },
  INTERNAL_ERROR: { status: 500, state: 'XXM00', class: 'CLIENT_INTERNAL_ERROR' },
  INVALID_STATE: { status: 500, state: 'XXM00', class: 'CLIENT_INVALID_STATE' },
  NOT_IMPLEMENTED: { status: 501, state: 'XXM00', class: 'CLIENT_NOT_IMPLEMENTED' },
  TEMPORARILY_UNAVAILABLE: { status: 503, state: 'XXM00', class: 'CLIENT_TEMPORARILY_UNAVAILABLE' },
} as const;

export type Code = keyof typeof CODES;

/** An answer that is an error, as MLflow words it. */
export class Refusal extends Error {
  readonly code: Code;
  readonly status: number;

  constructor(code: Code, message: string, status: number = CODES[code].status) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.status = status;
  }

  body(): Readonly<Record<string, string>> {
    const { state, class: name } = CODES[this.code];
    return { error_code: this.code, message: this.message, sqlstate: state, error_class: name };
  }
}

export const invalid = (message: string): Refusal =>
  new Refusal('INVALID_PARAMETER_VALUE', message);

export const missing = (message: string): Refusal =>
  new Refusal('RESOURCE_DOES_NOT_EXIST', message);

export const unsupported = (what: string): Refusal =>
  new Refusal(
    'NOT_IMPLEMENTED',
    `The embedded registry of passmuster has no ${what}; MLflow's own server has.`,
  );
