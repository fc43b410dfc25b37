import { list } from '../../shape/list.ts';
import { text } from '../../shape/text.ts';

const LOGIN = '[A-Za-z0-9][A-Za-z0-9-]{0,38}';
/** What an enterprise adds to the logins that it manages. */
const SUFFIX = '(?:_[A-Za-z0-9]{1,20})?';

const login = text({
  description: 'The login of a person on GitHub.',
  examples: ['alice'],
  maxLength: 60,
  patterns: [
    {
      regex: new RegExp(`^${LOGIN}${SUFFIX}$`, 'u'),
      says: 'a login of GitHub, without `@`: letters, digits and `-`',
    },
  ],
});

const team = text({
  description: 'A team on GitHub, as `organisation/team`.',
  examples: ['acme/ml'],
  maxLength: 300,
  patterns: [
    {
      regex: new RegExp(`^${LOGIN}/[a-z0-9_][a-z0-9_.-]*$`, 'u'),
      says: 'an organisation and the short name of a team as `organisation/team`, without `@`, the team in small letters, digits, `-` and `_`',
    },
  ],
});

const MOST_NAMED = 100;

/** A list of logins; the description says what they may do. */
export const people = (description: string) =>
  list(login, { description, examples: [['alice']], maxItems: MOST_NAMED });

export const teams = (description: string) =>
  list(team, { description, examples: [['acme/ml']], maxItems: MOST_NAMED });
