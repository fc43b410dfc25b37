import { diffLines } from './diff-lines.ts';
import type { EnvironmentPolicy, Waiver } from './policy.ts';
import { unorderedDiff } from './unordered-diff.ts';

const waiverText = ({ gate, until, approver, reason }: Waiver): string =>
  `${gate}, waived until ${until} by ${approver}: ${reason}`;

/** Who is named for what: it must be seen of each who joins or leaves. */
const NAMED: readonly (readonly [string, (of: EnvironmentPolicy) => readonly string[]])[] = [
  ['approvals.from', ({ approvals: { from } }) => [...(from?.users ?? []), ...(from?.teams ?? [])]],
  ['freeze.pass', ({ freeze }) => freeze?.pass ?? []],
  ['may-override', ({ mayOverride }) => mayOverride],
];

const asIs = (text: string): string => text;

/** What changes in the lists that let a version by, as lines of a diff. */
export function exceptionsDiff(
  environment: string,
  before: EnvironmentPolicy | undefined,
  after: EnvironmentPolicy | undefined,
): string[] {
  const path = (key: string) => ['environments', environment, ...key.split('.')];
  const waivers = unorderedDiff(before?.waivers ?? [], after?.waivers ?? [], waiverText);
  return [
    ...diffLines(path('waivers'), waivers, waiverText),
    ...NAMED.flatMap(([key, of]) => {
      const [one, other] = [before, after].map((policy) => (policy ? of(policy) : []));
      return diffLines(path(key), unorderedDiff(one ?? [], other ?? [], asIs), asIs);
    }),
  ];
}
