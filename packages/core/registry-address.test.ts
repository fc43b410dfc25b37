import { expect, test } from 'vitest';
import { registryAddressProblem } from './registry-address.ts';

test.each(['https://mlflow.example.com', 'http://127.0.0.1:5000/base/path', 'https://m/'])(
  '%s is one',
  (address) => {
    expect(registryAddressProblem(address)).toBeUndefined();
  },
);

test.each([
  ['https://user:hunter2@m', /without user name/],
  ['mlflow', /starts with/],
  ['file:///mlruns', /starts with/],
  ['https://m/?token=hunter2', /without `\?`/],
  ['https://m:99999', /host and its port/],
])('%s is none, and is not repeated', (address, problem) => {
  expect(registryAddressProblem(address)).toMatch(problem);
  expect(registryAddressProblem(address)).not.toContain('hunter2');
});
