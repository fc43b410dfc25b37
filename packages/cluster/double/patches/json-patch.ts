import { isDeepStrictEqual } from 'node:util';
import { copy, isFields } from '../objects.ts';
import { badRequest, opaque, tooLarge } from '../wire/status.ts';

const MOST_OPERATIONS = 10_000;

interface Operation {
  readonly op?: unknown;
  readonly path?: unknown;
  readonly from?: unknown;
  readonly value?: unknown;
}

type Holder = Record<string, unknown> | unknown[];

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

/** The holder of the last step and that step; what leads there must exist. */
function place(root: unknown, pointer: unknown): { holder: Holder; step: string } {
  if (typeof pointer !== 'string' || !pointer.startsWith('/')) throw opaque();
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const step = steps.pop() ?? '';
  let holder = root;
  for (const name of steps) {
    if (!isHolder(holder)) throw opaque();
    holder = read(holder, name);
  }
  if (!isHolder(holder)) throw opaque();
  return { holder, step };
}

function index(step: string, end: number): number {
  if (!/^\d+$/.test(step) || Number(step) > end) throw opaque();
  return Number(step);
}

function read(holder: Holder, step: string): unknown {
  if (!Array.isArray(holder)) return Object.hasOwn(holder, step) ? holder[step] : undefined;
  return holder[index(step, holder.length - 1)];
}

function add(holder: Holder, step: string, value: unknown): void {
  if (!Array.isArray(holder)) holder[step] = value;
  else if (step === '-') holder.push(value);
  else holder.splice(index(step, holder.length), 0, value);
}

function remove(holder: Holder, step: string): void {
  if (read(holder, step) === undefined) throw opaque();
  if (Array.isArray(holder)) holder.splice(Number(step), 1);
  else delete holder[step];
}

/** The server creates the last step where it is missing. */
function replace(holder: Holder, step: string, value: unknown): void {
  if (Array.isArray(holder)) holder[index(step, holder.length - 1)] = value;
  else holder[step] = value;
}

function apply(root: unknown, { op, path, from, value }: Operation): void {
  const { holder, step } = place(root, path);
  switch (op) {
    case 'test':
      // A missing value equals null, and nothing else.
      if (!isDeepStrictEqual(read(holder, step) ?? null, value ?? null)) throw opaque();
      return;
    case 'add':
      add(holder, step, copy(value ?? null));
      return;
    case 'replace':
      replace(holder, step, copy(value ?? null));
      return;
    case 'remove':
      remove(holder, step);
      return;
    case 'move': {
      const source = place(root, from);
      const moved = read(source.holder, source.step);
      remove(source.holder, source.step);
      add(holder, step, moved);
      return;
    }
    case 'copy': {
      const source = place(root, from);
      add(holder, step, copy(read(source.holder, source.step) ?? ''));
      return;
    }
    default:
      throw opaque();
  }
}

/** RFC 6902, with the liberties that the API server takes. */
export function jsonPatched(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) {
    const found = isFields(patch) ? 'object' : typeof patch;
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${found} into Go value of type []handlers.jsonPatchOp`,
    );
  }
  if (patch.length > MOST_OPERATIONS) {
    throw tooLarge(
      `Request entity too large: The allowed maximum operations in a JSON patch is ${MOST_OPERATIONS}, got ${patch.length}`,
    );
  }
  const root = copy(target);
  for (const operation of patch) {
    if (!isFields(operation)) throw opaque();
    apply(root, operation);
  }
  return root;
}
