import { expect, test } from 'vitest';
import { namedWorkload } from './named-workload.ts';

test.each<[string, string[], string]>([
  ['deployment/api', ['Deployment'], 'api'],
  ['Deploy/api', ['Deployment'], 'api'],
  ['statefulsets/api', ['StatefulSet'], 'api'],
  ['sts/api', ['StatefulSet'], 'api'],
  ['ds/api', ['DaemonSet'], 'api'],
  ['api', ['Deployment', 'StatefulSet', 'DaemonSet'], 'api'],
  ['pod/api', [], 'api'],
  ['/api', [], 'api'],
  ['a/deployment/api', [], 'api'],
])('%s', (text, kinds, name) => {
  expect(namedWorkload(text)).toEqual({ kinds, name });
});
