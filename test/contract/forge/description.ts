import { readFile } from 'node:fs/promises';
import { Ajv, type ValidateFunction } from 'ajv';
import type { DoubleAnswer } from './github-answer.ts';

/** What a client asked. */
export interface DoubleRequest {
  readonly method: string;
  readonly url: URL;
  readonly accept: string;
}

/** What GitHub publishes about its API. */
export interface Description {
  readonly version: string;
  /** Where a request or its answer is not as described, in words. */
  broken(request: DoubleRequest, answer: DoubleAnswer): string[];
}

type Json = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required?: boolean;
  readonly schema: { readonly type: string };
}

/** Reads an OpenAPI 3.0 document; a schema is compiled when it is first needed, and only then. */
export async function readDescription(file: string): Promise<Description> {
  const document: Json = JSON.parse(await readFile(file, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS });
  const compiled = new Map<unknown, ValidateFunction>();
  const resolve = (value: unknown): Json => {
    const { $ref } = value as { $ref?: string };
    return $ref === undefined ? (value as Json) : resolve(at(document, $ref));
  };
  const validate = (schema: unknown, value: unknown): string[] => {
    const check = compiled.get(schema) ?? ajv.compile(standalone(document, schema));
    compiled.set(schema, check);
    check(value);
    return (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  };
  return {
    version: String(inside(document, 'info', 'version')),
    broken: (request, answer) => {
      const operation = operationOf(document, request);
      if (!operation) return [`${request.method} ${request.url.pathname} is not described`];
      const { path, described } = operation;
      const parameters = list(described['parameters']).map(resolve) as unknown as Parameter[];
      const says = [
        ...brokenRequest(request, path, parameters, validate),
        ...brokenAnswer(request, answer, described, resolve, validate),
      ];
      return says.map((one) => `${request.method} ${path}: ${one}`);
    },
  };
}

const FORMATS = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/,
  uri: (text: string) => URL.canParse(text),
  email: /@/,
  int64: { type: 'number' as const, validate: Number.isSafeInteger },
};

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const inside = (value: unknown, ...keys: string[]): unknown =>
  keys.reduce((step: unknown, key) => (step as Json | undefined)?.[key], value);

const at = (document: Json, $ref: string): unknown =>
  inside(document, ...$ref.slice('#/'.length).split('/'));

interface Operation {
  readonly path: string;
  readonly described: Json;
}

/** A path with fewer parameters comes first: `/repos/{owner}/{repo}/commits` before those with more. */
function operationOf(document: Json, { method, url }: DoubleRequest): Operation | undefined {
  const paths = Object.entries(document['paths'] as Json)
    .filter(([path]) => patternOf(path).test(url.pathname))
    .sort(([a], [b]) => a.split('{').length - b.split('{').length);
  for (const [path, item] of paths) {
    const described = (item as Json)[method.toLowerCase()];
    if (described) return { path, described: described as Json };
  }
  return undefined;
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '([^/]+)')}$`);

type Validate = (schema: unknown, value: unknown) => string[];

function brokenRequest(
  { url }: DoubleRequest,
  path: string,
  parameters: readonly Parameter[],
  validate: Validate,
): string[] {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const values = patternOf(path).exec(url.pathname)?.slice(1).map(decodeURIComponent) ?? [];
  const given = [
    ...names.map((name, index) => ['path', name, values[index] ?? ''] as const),
    ...[...url.searchParams].map(([name, value]) => ['query', name, value] as const),
  ];
  return given.flatMap(([where, name, value]) => {
    const parameter = parameters.find((one) => one.in === where && one.name === name);
    if (!parameter) return [`there is no parameter ${name} in the ${where}`];
    const errors = validate(parameter.schema, typed(value, parameter.schema.type));
    return errors.map((error) => `parameter ${name}${error}`);
  });
}

/** In an address everything is text. */
function typed(value: string, type: string): unknown {
  if (type === 'integer' && /^\d+$/.test(value)) return Number(value);
  return type === 'boolean' && /^(true|false)$/.test(value) ? value === 'true' : value;
}

function brokenAnswer(
  { accept }: DoubleRequest,
  { status, type, body }: DoubleAnswer,
  described: Json,
  resolve: (value: unknown) => Json,
  validate: Validate,
): string[] {
  const response = inside(described, 'responses', String(status));
  // Refusals that any question may meet are not repeated at each.
  if (!response) {
    return status < 400 ? [`there is no answer ${status}`] : validate(REFUSAL, body);
  }
  const content = resolve(response)['content'] as Json | undefined;
  // Of some refusals only the status is described.
  if (!content && status >= 400) return validate(REFUSAL, body);
  // `+json` says how a media type is written down, and is left out of its name there.
  const media = status < 400 ? accept.replace(/\+json$/, '') : type;
  const known = content?.[media] ?? (media === 'application/vnd.github.v3' && content?.[type]);
  if (!known) return [`${status} is not answered as ${media}`];
  return validate(inside(known, 'schema'), body).map((error) => `${status}: ${error}`);
}

const REFUSAL = { $ref: '#/components/schemas/basic-error' };

/** A schema with all that it refers to, in the dialect that Ajv speaks. */
function standalone(document: Json, schema: unknown): Json {
  const definitions: Record<string, unknown> = {};
  const convert = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(convert);
    if (typeof value !== 'object' || value === null) return value;
    const { example, examples, nullable, ...rest } = value as Json;
    if (typeof rest['$ref'] === 'string') return { $ref: refer(rest['$ref']) };
    const entries = Object.entries(rest).map(([key, inner]) => [key, convert(inner)]);
    const converted = Object.fromEntries(entries);
    return nullable === true ? { anyOf: [{ type: 'null' }, converted] } : converted;
  };
  const refer = ($ref: string): string => {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    if (!(name in definitions)) {
      definitions[name] = true;
      definitions[name] = convert(at(document, $ref));
    }
    return `#/definitions/${name}`;
  };
  const root = convert(schema) as Json;
  return { ...root, definitions };
}
