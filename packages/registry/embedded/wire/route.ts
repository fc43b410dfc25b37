import type { Database } from '../store/database.ts';
import type { Fields, Json, ValuesOf } from './fields.ts';
import { readRequest } from './request.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** One thing that can be asked: what it takes, whether it writes, and its answer. */
export interface Route {
  readonly methods: readonly Method[];
  /** Below `/api/2.0/mlflow/`. */
  readonly path: string;
  readonly fields: Fields;
  /** The answer, as JSON; the whole of it happens at once. */
  answer(db: Database, raw: Json): object;
}

type RequestOf<F extends Fields, Required extends keyof F> = {
  readonly [Name in keyof F]: Name extends Required
    ? NonNullable<ValuesOf<F>[Name]>
    : ValuesOf<F>[Name];
};

interface Definition<F extends Fields, Required extends keyof F & string> {
  readonly fields: F;
  readonly required: readonly Required[];
  readonly answer: (db: Database, request: RequestOf<F, Required>) => object;
}

const routeOf =
  (transaction: 'read' | 'write') =>
  <F extends Fields, Required extends keyof F & string>(
    methods: Method | readonly Method[],
    path: string,
    { fields, required, answer }: Definition<F, Required>,
  ): Route => ({
    methods: typeof methods === 'string' ? [methods] : methods,
    path,
    fields,
    answer(db, raw) {
      const request = readRequest(raw, fields, required);
      // All that is required was found.
      return db[transaction](() => answer(db, request as RequestOf<F, Required>));
    },
  });

export const reading = routeOf('read');
export const writing = routeOf('write');
