import { expect, test } from 'vitest';
import type { WorkflowRun } from './host.ts';
import { isRepository, isWorkflowRun } from './workflow-run.ts';

test.each(['octo-org/model', 'octo_company/Model.card', 'a/-', 'a/..x'])(
  '%s is a repository',
  (text) => {
    expect(isRepository(text)).toBe(true);
  },
);

test.each([
  '',
  'model',
  'octo-org/',
  '/model',
  'octo-org/model/x',
  'octo-org/..',
  './model',
  '../model',
  'octo-org/a b',
  'octo-org/a?b',
  'octo-org/a%2f',
  'octo-org/a\n',
])('%j is no repository', (text) => {
  expect(isRepository(text)).toBe(false);
});

const run: WorkflowRun = {
  server: 'https://github.com',
  repository: 'octo-org/model',
  id: '17456789012',
  attempt: '1',
};

test.each<Partial<WorkflowRun>>([
  {},
  { server: 'https://git.example.com:8443' },
  { attempt: '12' },
])('%j is a run', (change) => {
  expect(isWorkflowRun({ ...run, ...change })).toBe(true);
});

test.each<Partial<WorkflowRun>>([
  { server: '' },
  { server: 'github.com' },
  { server: 'https://github.com/' },
  { server: 'https://user@github.com' },
  { server: 'javascript:alert(1)' },
  { repository: 'octo-org' },
  { id: '' },
  { id: '../1' },
  { id: '0' },
  { attempt: '-1' },
  { attempt: '1.5' },
])('%j is no run', (change) => {
  expect(isWorkflowRun({ ...run, ...change })).toBe(false);
});
