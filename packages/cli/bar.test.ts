import { expect, test } from 'vitest';
import { bar } from './bar.ts';
import { terminal } from './terminal.ts';

function fakeStreams(env: Record<string, string> = {}, tty = true) {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => ({
    isTTY: tty,
    columns: 60,
    on: () => {},
    write: (text: string) => {
      written[name] += text;
    },
  });
  const process = {
    env,
    stdout: stream('out'),
    stderr: stream('err'),
  } as unknown as NodeJS.Process;
  return { written, io: terminal(process) };
}

test('a bar for work of more than a second, drawn over and then gone', () => {
  const { written, io } = fakeStreams();
  let now = 50_000;
  const phase = bar(io, () => now).begin('Hashing', 1000, 'bytes');
  phase.advance(250);
  expect(written.err).toBe('');
  now += 1000;
  phase.advance(250);
  expect(written.err).toBe(
    '\r\u001b[2KHashing ██████████░░░░░░░░░░ …B (50 %), 500 B/s, 1.0 s left',
  );
  now += 50;
  const drawn = written.err;
  phase.advance(1);
  expect(written.err).toBe(drawn);
  phase.end();
  expect(written.err).toBe(`${drawn}\r\u001b[2K`);
});

test.each([
  ['a terminal', {}, true, true],
  ['NO_COLOR', { NO_COLOR: '1' }, true, false],
  ['TERM=dumb', { TERM: 'dumb' }, true, false],
  ['a pipe', {}, false, false],
] as const)('colour: %s', (_, env, tty, colour) => {
  const { written, io } = fakeStreams(env, tty);
  io.show([{ kind: 'verdict', verdict: 'pass', text: 'yes' }]);
  io.showError([{ kind: 'verdict', verdict: 'error', text: 'no' }]);
  expect(written.out).toBe(colour ? '\u001b[1;32mPASS\u001b[0m yes\n' : 'PASS yes\n');
  expect(written.err).toBe(colour ? '\u001b[1;31mERROR\u001b[0m no\n' : 'ERROR no\n');
});

test('what is secret never appears', () => {
  const { written, io } = fakeStreams({}, false);
  io.hide(['s3cret']);
  io.print('a s3cret and abc');
  io.note('s3cret');
  io.draw(() => 's3cret');
  io.show([{ kind: 'paragraph', text: 'is s3cret' }]);
  expect(written).toEqual({ out: 'a *** and abc\nis ***\n', err: '***\n\r\u001b[2K***' });
});
