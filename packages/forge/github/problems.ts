import { PassmusterError } from '@passmuster/core/errors.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { type Answer, messageIn } from './answer.ts';

const upstream = (message: string, hint: string): PassmusterError =>
  new PassmusterError('upstream', [{ message, hint }]);

/** The server in a message: never with user name and password. */
const at = (apiUrl: string): string => `GitHub (${quotable(new URL(apiUrl).host)})`;

const times = (tries: number): string => (tries === 1 ? '' : `, ${tries} times`);

export function unreachable(apiUrl: string, failure: string, tries: number): PassmusterError {
  const certificate = /CERT|SIGNED|VERIFY|ISSUER/.test(failure);
  return upstream(
    `${at(apiUrl)} gave no answer${times(tries)}: ${quotable(failure, 100)}.`,
    certificate
      ? 'If the server has a certificate of your own authority, name that in NODE_EXTRA_CA_CERTS.'
      : 'Check GITHUB_API_URL, and HTTPS_PROXY and NO_PROXY where there is a proxy; or try again later.',
  );
}

export const badToken = (apiUrl: string): PassmusterError =>
  upstream(
    `${at(apiUrl)} does not accept the token.`,
    'It may be wrong, expired or withdrawn; in a workflow leave `github-token` out to use its own.',
  );

export const limitReached = (apiUrl: string, wait: number): PassmusterError =>
  upstream(
    `${at(apiUrl)} takes no more requests of this token for ${Math.ceil(wait / 1000)} s.`,
    'Run this again after that time. All jobs of a repository share the limit of its token.',
  );

export const failing = (apiUrl: string, { status }: Answer, tries: number): PassmusterError =>
  upstream(
    `${at(apiUrl)} answered ${status}${times(tries)}.`,
    'Try again later; https://www.githubstatus.com says what is wrong at GitHub.com.',
  );

/** Says the status and GitHub's own words. */
const said = ({ status, body }: Answer): string => {
  const message = messageIn(body);
  return message === '' ? `${status}` : `${status}, "${quotable(message, 200)}"`;
};

/** What a token must be allowed to do, as `permissions:` of a job has it. */
export type Permission = 'actions: read' | 'contents: read' | 'pull-requests: read';

/** An answer that says that we may not read, or as GitHub puts it, that there is no such thing. */
export const unreadable = (
  apiUrl: string,
  what: string,
  permission: Permission,
  answer: Answer,
): PassmusterError =>
  upstream(
    `${at(apiUrl)} does not let this token read ${what} (${said(answer)}).`,
    `Add \`${permission}\` to the \`permissions:\` of the job. Check the name of the repository; that of another one needs a token of its own.`,
  );

/** Who has access to a repository every token of it may read that a job is given. */
export const unreadableAccess = (apiUrl: string, what: string, answer: Answer): PassmusterError =>
  upstream(
    `${at(apiUrl)} does not let this token read ${what} (${said(answer)}).`,
    'Leave `github-token` out to use the token of the job, or give one that may read the metadata of the repository.',
  );

/** Why it is not known who is in a team, as a sentence. */
export const unknownMembers = (apiUrl: string, team: string, answer: Answer): string =>
  `${at(apiUrl)} does not let this token read the members of ${quotable(team, 200)} (${said(answer)}). ` +
  'The token of a job cannot: give `github-token` that of a GitHub App or of a person with `members: read` for the organisation.';

export const unknownRef = (repository: string, ref: string, answer: Answer): PassmusterError =>
  upstream(
    `${quotable(repository, 200)} has no ${quotable(ref, 200)} (${said(answer)}).`,
    'Name a commit, a branch, or a full ref such as `refs/tags/v1`.',
  );

/** An answer that no documentation of GitHub's speaks of. */
export const odd = (apiUrl: string, question: string, answer: Answer): PassmusterError =>
  upstream(
    `${at(apiUrl)} was asked for ${question}, and its answer cannot be used (${said(answer)}).`,
    'Check that GITHUB_API_URL is the address of the GitHub API, and that no proxy answers in its place.',
  );

/** A list that goes on where no honest one does; what is decided by its end cannot be decided. */
export const tooMany = (apiUrl: string, what: string, most: number): PassmusterError =>
  upstream(
    `${at(apiUrl)} was asked for ${what}, and there are more than ${most.toLocaleString('en')}, which are not all read.`,
    'Open a new pull request with the same change.',
  );
