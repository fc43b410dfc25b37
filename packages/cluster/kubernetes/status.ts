import { type Answer, isYes } from '../http/answer.ts';

export interface Cause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** What a server says with a refusal: a Status, or else its text. */
export interface Said {
  readonly isStatus: boolean;
  readonly reason: string;
  readonly message: string;
  /** Of what it speaks, where it says so. */
  readonly kind: string;
  readonly name: string;
  readonly causes: readonly Cause[];
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsIn = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const textIn = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The body as JSON; nothing where it is none. */
export const jsonOf = ({ body }: Answer): unknown => parsed(Buffer.from(body).toString('utf8'));

const causeOf = (value: unknown): Cause => {
  const cause = fieldsIn(value);
  return {
    reason: textIn(cause, 'reason'),
    message: textIn(cause, 'message'),
    field: textIn(cause, 'field'),
  };
};

/** Also of the error event of a watch. */
export function statusIn(value: unknown): Said {
  const status = fieldsIn(value);
  const details = fieldsIn(status['details']);
  const causes = details['causes'];
  return {
    isStatus: status['kind'] === 'Status',
    reason: textIn(status, 'reason'),
    message: textIn(status, 'message'),
    kind: textIn(details, 'kind'),
    name: textIn(details, 'name'),
    causes: (Array.isArray(causes) ? causes : []).map(causeOf),
  };
}

export function saidIn(answer: Answer): Said {
  const said = statusIn(jsonOf(answer));
  if (said.isStatus) return said;
  const text = Buffer.from(answer.body).toString('utf8');
  const isPage = /html/.test(answer.headers['content-type'] ?? '') || /^\s*</.test(text);
  return { ...said, message: isPage || isYes(answer.status) ? '' : text.trim() };
}
