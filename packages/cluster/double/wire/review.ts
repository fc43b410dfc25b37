import { type Fields, isFields } from '../objects.ts';
import type { Verb } from './address.ts';
import type { Answer } from './call.ts';
import { badRequest } from './status.ts';
import type { Users } from './users.ts';

export const REVIEWS = 'selfsubjectaccessreviews';

function reviewIn(body: string): Fields {
  try {
    const review: unknown = JSON.parse(body);
    if (isFields(review) && isFields(review['spec'])) return review;
  } catch {
    // As below.
  }
  throw badRequest('the body holds no review');
}

/** Whether who asks might do something: anybody who is somebody may ask that. */
export function review(body: string, users: Users, token: string | undefined): Answer {
  const asked = reviewIn(body);
  const spec = isFields(asked['spec']) ? asked['spec'] : {};
  const attributes = isFields(spec['resourceAttributes']) ? spec['resourceAttributes'] : {};
  const part = (name: string) => String(attributes[name] ?? '');
  const allowed = users.may(token, {
    verb: part('verb') as Verb,
    group: part('group'),
    plural: part('resource'),
    namespace: part('namespace'),
    name: part('name'),
    subresource: part('subresource'),
    selected: '',
  });
  const status = { allowed, ...(allowed && { reason: 'RBAC: allowed by the double' }) };
  return {
    status: 201,
    body: {
      kind: 'SelfSubjectAccessReview',
      apiVersion: 'authorization.k8s.io/v1',
      metadata: {},
      spec,
      status,
    },
  };
}
