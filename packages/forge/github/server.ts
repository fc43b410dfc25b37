import { InputError } from '@passmuster/core/errors.ts';

/** The address at which people see what this API serves. */
export function serverOf(apiUrl: string): string {
  if (!/^https?:\/\/[^@\s]+$/.test(apiUrl) || !URL.canParse(apiUrl)) {
    throw new InputError([
      {
        message:
          'The address of the GitHub API is no `https://` address without user name and password.',
        hint: 'GITHUB_API_URL holds it; without that variable it is https://api.github.com.',
      },
    ]);
  }
  const { origin, hostname } = new URL(apiUrl);
  // GitHub.com and GHE.com have a host of its own for the API; a GitHub server has it under /api/v3.
  return /^api\.([^.]+\.ghe|github)\.com$/.test(hostname) ? origin.replace('//api.', '//') : origin;
}
