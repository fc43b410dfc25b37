import { boolean } from '../../shape/choice.ts';
import { either } from '../../shape/either.ts';
import { defaulted, optional } from '../../shape/keys.ts';
import { integer } from '../../shape/number.ts';
import { record } from '../../shape/record.ts';
import { text } from '../../shape/text.ts';
import { AGE } from '../age.ts';
import { people, teams } from './people.ts';

const MOST_APPROVALS = 100;

const count = (minimum: number) =>
  integer({
    description: 'How many people must approve before a version moves here.',
    examples: [2],
    minimum,
    maximum: MOST_APPROVALS,
  });

const from = record(
  {
    users: defaulted(people('People whose approval counts, by login.'), []),
    teams: defaulted(teams('Teams whose members’ approvals count.'), []),
  },
  {
    description: 'Whose approvals count; left out, of whoever may write to the repository.',
    examples: [{ users: ['alice'], teams: ['acme/ml'] }],
  },
);

const author = boolean({
  description: 'Whether the author of the pull request counts.',
  examples: [false],
});

const maxAge = text({
  description: 'How old an approval may be, in days or hours.',
  examples: ['30d', '12h'],
  patterns: [{ regex: AGE, says: 'days or hours, such as `30d` or `12h`' }],
});

const rules = record(
  {
    count: count(1),
    from: optional(from),
    author: defaulted(author, false),
    'max-age': optional(maxAge),
  },
  {
    description: 'How many people must approve, and whose approvals count.',
    examples: [{ count: 2, from: { teams: ['acme/ml'] }, 'max-age': '30d' }],
  },
);

export const approvals = either([count(0), rules], {
  description: 'How many people must approve, or a table that also says who may.',
  examples: [2, { count: 2, from: { teams: ['acme/ml'] } }],
});
