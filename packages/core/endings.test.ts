import { expect, test } from 'vitest';
import { endingOf, endingOfError, traceOf } from './endings.ts';
import { InputError, Interrupted, PassmusterError } from './errors.ts';

test.each([
  ['done', 0],
  ['refused', 1],
  ['input', 2],
  ['conflict', 3],
  ['upstream', 4],
  ['bug', 70],
] as const)('%s ends with %i', (result, exitCode) => {
  expect(endingOf(result)).toMatchObject({ kind: result, exitCode });
});

const aborted = AbortSignal.abort(new Interrupted('SIGTERM'));
const abortError = Object.assign(new Error('aborted'), { name: 'AbortError' });

test.each<[string, unknown, AbortSignal | undefined, string, number]>([
  ['wrong input', new InputError('x'), undefined, 'input', 2],
  ['a conflict', new PassmusterError('conflict', []), undefined, 'conflict', 3],
  ['behind another error', new Error('y', { cause: new InputError('x') }), undefined, 'input', 2],
  ['an interruption', new Interrupted('SIGINT'), undefined, 'signal', 130],
  ['a wait that was aborted', abortError, aborted, 'signal', 143],
  ['a wait that timed out by itself', abortError, new AbortController().signal, 'bug', 70],
  ['another error after a signal', new TypeError('x'), aborted, 'bug', 70],
  ['no error at all', 'text', undefined, 'bug', 70],
])('%s', (_, error, signal, kind, exitCode) => {
  expect(endingOfError(error, signal)).toMatchObject({ kind, exitCode });
});

test('a trace goes on to the cause', () => {
  expect(traceOf(new Error('one', { cause: new Error('two') }))).toMatch(/one.*caused by.*two/s);
});
