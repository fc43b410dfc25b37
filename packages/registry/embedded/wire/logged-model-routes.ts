import { type Route, reading } from './route.ts';

/**
 * There are none, which is an answer. Clients of MLflow 3 ask it before they load any file of a
 * run, and give up on any other.
 */
export const LOGGED_MODEL_ROUTES: readonly Route[] = [
  reading('POST', 'logged-models/search', { fields: {}, required: [], answer: () => ({}) }),
];
