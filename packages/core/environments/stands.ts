import { commandText } from '../command-text.ts';
import type { EnvironmentPolicy } from '../policy/policy.ts';
import type { Recorded } from '../promotions/live.ts';
import type { Marks } from '../promotions/marks.ts';
import { quotable } from '../quote.ts';
import type { ModelVersion } from '../registry/entities.ts';
import { type Emptied, type Standing, standingOf } from './standing.ts';

interface Environment extends Pick<EnvironmentPolicy, 'alias' | 'stage'> {
  readonly name: string;
}

const numbered = (number: string): string => `number ${quotable(number)}`;

function recordedText({ party, ticket }: Recorded): string {
  const by = ticket === undefined ? 'as it was found' : `ticket ${quotable(ticket)}`;
  if (party === undefined) return `the ledger says that no version is there (${by})`;
  const name = party.version === undefined ? '' : `${quotable(party.version)}, `;
  return `the ledger says ${numbered(party.number)} (${name}${by})`;
}

/** The command for an environment, with the model as far as anything is left of it. */
function command(
  verb: 'settle' | 'rollback',
  { name }: Environment,
  { versions: [version] }: Marks,
): string {
  const model = version && { model: version.model };
  return commandText(verb, { ...model, environment: name, reason: '…' });
}

/** Somebody has moved it without us: what the ledger says, and what stands there. */
function drifted(
  environment: Environment,
  marks: Marks,
  recorded: Recorded,
  stands: string,
): Extract<Standing, { kind: 'unclear' }> {
  const { alias, stage } = environment;
  const places = stage === undefined ? `the alias ${quotable(alias)}` : 'alias and stage';
  return {
    kind: 'unclear',
    says: `${recordedText(recorded)}, but ${stands}: somebody has moved it by hand`,
    hint: `Put ${places} back, or take it into the history with \`${command('settle', environment, marks)}\`.`,
  };
}

/** Somebody else's value in their place. */
function foreignAt(
  { alias, stage }: Environment,
  { party }: Recorded,
  at: string | undefined,
  inStage: readonly ModelVersion[],
): string | undefined {
  if (at !== undefined && at !== party?.number) {
    return `the alias ${quotable(alias)} stands at ${numbered(at)}`;
  }
  const other = inStage.find(({ number }) => number !== party?.number);
  return other && `${numbered(other.number)} is in the stage ${stage}`;
}

const staged = ({ stage }: Environment, { versions }: Marks): ModelVersion[] =>
  versions.filter((one) => stage !== undefined && one.stage === stage);

/**
 * What somebody has emptied: what the record has left at the version, unless a move on record took it out of
 * its stage since. Where nothing else says that it is there, what was never set is missing as well.
 */
export function emptiedIn(
  environment: Environment,
  marks: Marks,
  { marked = {} }: Recorded,
  hasAliases: boolean,
  wentOn: () => boolean,
): Emptied {
  const { alias, stage } = environment;
  const isSet = hasAliases && marks.aliases.has(alias);
  const isStaged = staged(environment, marks).length > 0;
  const isExcused = stage !== undefined && !isStaged && wentOn();
  const isNowhere = !isSet && !isStaged && !isExcused;
  return {
    alias: hasAliases && !isSet && (marked.alias === alias || isNowhere),
    stage:
      stage !== undefined &&
      !isStaged &&
      !isExcused &&
      (marked.stage === stage || (isNowhere && !hasAliases)),
  };
}

function emptiedText({ alias, stage }: Environment, emptied: Emptied): string {
  const texts = [
    ...(emptied.alias ? [`the alias ${quotable(alias)} is not set`] : []),
    ...(emptied.stage ? [`no version is in the stage ${stage}`] : []),
  ];
  return texts.join(', and ');
}

/**
 * Which version an environment has: what its last record says, as far as the registry agrees, and where
 * there is no record yet what the registry says alone. `wentOn` says whether a move on record took the version
 * out of its stage, wherever it is by now.
 */
export function standsAt(
  environment: Environment,
  marks: Marks,
  recorded: Recorded | undefined,
  hasAliases: boolean,
  wentOn: () => boolean,
): Standing {
  const { name, alias } = environment;
  if (recorded === undefined) return standingOf(name, environment, marks);
  const wanted = recorded.party?.number;
  const version = marks.versions.find(({ number }) => number === wanted);
  const at = hasAliases ? marks.aliases.get(alias) : undefined;
  const foreign = foreignAt(environment, recorded, at, staged(environment, marks));
  if (foreign !== undefined) return drifted(environment, marks, recorded, foreign);
  if (wanted === undefined) return { kind: 'none', says: `${recordedText(recorded)}` };
  if (version === undefined) {
    return {
      kind: 'unclear',
      says: `${recordedText(recorded)}, which has been deleted since`,
      hint: `\`${command('rollback', environment, marks)}\` goes back to an earlier one.`,
    };
  }
  const by = recorded.ticket ? `ticket ${recorded.ticket}` : 'the ledger';
  const emptied = emptiedIn(environment, marks, recorded, hasAliases, wentOn);
  if (!emptied.alias && !emptied.stage) return { kind: 'version', version, by };
  const drift = drifted(environment, marks, recorded, emptiedText(environment, emptied));
  return { ...drift, emptied: { ...emptied, version, by } };
}
