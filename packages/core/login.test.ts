import { expect, test } from 'vitest';
import { isLogin, loginKey } from './login.ts';

test.each(['ann', 'Ann-Lee', 'a', 'ann_acme', '-LAN-', '7'])('%s may be a person', (text) => {
  expect(isLogin(text)).toBe(true);
});

test.each(['', 'merge[bot]', 'a n', '..', 'a/b', 'ann\n', '\u212aim', 'аnn', 'a'.repeat(101)])(
  '%j is nobody',
  (text) => {
    expect(isLogin(text)).toBe(false);
  },
);

test('who writes a name in another way is the same', () => {
  expect(loginKey('Ann-LEE')).toBe(loginKey('ann-lee'));
});
