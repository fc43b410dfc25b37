import { expect, test } from 'vitest';
import { missingRule, refusalIn, ruleText } from './missing-rule.ts';

const said = (who: string, what: string, where: string): string =>
  `x is forbidden: User "${who}" cannot ${what} ${where}`;

test.each([
  [
    said('dev', 'patch resource "configmaps" in API group ""', 'in the namespace "ml"'),
    '- {apiGroups: [""], resources: [configmaps], verbs: [patch]}',
  ],
  [
    said('dev', 'watch resource "deployments" in API group "apps"', 'in the namespace "ml"'),
    '- {apiGroups: [apps], resources: [deployments], verbs: [watch]}',
  ],
  [
    said('dev', 'get resource "pods/log" in API group ""', 'in the namespace "ml"'),
    '- {apiGroups: [""], resources: [pods/log], verbs: [get]}',
  ],
  [
    said(
      'dev',
      'create resource "leases" in API group "coordination.k8s.io"',
      'at the cluster scope',
    ),
    '- {apiGroups: [coordination.k8s.io], resources: [leases], verbs: [create]}',
  ],
  [
    said('dev', 'get resource "odd]: x" in API group ""', 'in the namespace "ml"'),
    '- {apiGroups: [""], resources: ["odd]: x"], verbs: [get]}',
  ],
])('%s', (message, rule) => {
  const refusal = refusalIn(message);
  expect(refusal && missingRule(refusal)).toBe(rule);
});

test('for whom, where, and of which Role', () => {
  const message = `${said('system:serviceaccount:ci:x', 'get resource "pods" in API group ""', 'in the namespace "ml"')}: RBAC: role.rbac.authorization.k8s.io "pm" not found`;
  expect(refusalIn(message)).toEqual({
    ...{ user: 'system:serviceaccount:ci:x', verb: 'get', resource: 'pods', group: '' },
    ...{ namespace: 'ml', missingRole: 'pm' },
  });
  expect(refusalIn('Forbidden')).toBeUndefined();
  const rule = { group: 'apps', resources: ['deployments'], names: ['a', 'b'], verbs: ['get'] };
  expect(ruleText(rule)).toBe(
    '- {apiGroups: [apps], resources: [deployments], resourceNames: [a, b], verbs: [get]}',
  );
});
