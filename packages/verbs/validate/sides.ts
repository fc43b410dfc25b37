import { fileUnbound } from '@passmuster/core/evidence/binding.ts';
import type { ReadEvaluation } from '@passmuster/core/evidence/evaluation-files.ts';
import { type Evidence, evidenceOf, type Source } from '@passmuster/core/evidence/evidence.ts';
import type { NamedVersion } from '@passmuster/core/evidence/measured.ts';
import { pathText, quotable } from '@passmuster/core/quote.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { together } from '@passmuster/core/together.ts';
import { fileSources, type Wanted } from './file-sources.ts';
import type { Inputs as All, Ports } from './ports.ts';
import type { Rules } from './rules.ts';
import { sealedFacts } from './sealed-facts.ts';
import type { Champion, Subject, Subjects } from './subjects.ts';
import { type Found, versionSources } from './version-sources.ts';

/** What of the inputs says where numbers come from. */
type Inputs = Pick<All, 'model' | 'evaluations' | 'champion-evaluations' | 'prefer' | 'evidence'>;

/** All that is known of one side. */
export interface Side {
  readonly sources: readonly Source[];
  readonly evidence: Evidence;
  readonly remarks: readonly string[];
}

const NOTHING: Found = { sources: [], remarks: [] };

const NO_VERSION = 'no version was given, so nothing ties the file to one';

/** Files speak of a version as far as they, or the ledger, say so. */
function bindingTo(subject: Subject | undefined, byName: boolean) {
  if (subject === undefined) return () => NO_VERSION;
  const { version, sealed } = subject;
  const facts = sealed && { identifier: sealed.identifier, sealed: sealedFacts(sealed) };
  return ({ digest }: ReadEvaluation, names?: NamedVersion): string | undefined =>
    fileUnbound({ digest, names }, { version, byName, ...facts });
}

function sideOf(found: readonly Found[], { prefer, evidence }: Inputs): Side {
  const sources = found.flatMap((one) => one.sources);
  const remarks = found.flatMap((one) => one.remarks);
  return {
    sources,
    evidence: evidenceOf(sources, prefer, evidence === 'bound'),
    remarks,
  };
}

interface Asking {
  readonly inputs: Inputs;
  readonly ports: Ports;
  readonly rules: Rules;
  readonly subjects: Partial<Subjects>;
  /** Absent where none is asked. */
  readonly registry?: Registry | undefined;
}

/** Files that the policy names may be elsewhere than in this job, where there is a version beside them. */
function wantedOf({ inputs, rules, subjects }: Asking): Wanted {
  if (inputs.evaluations.length > 0) return { patterns: inputs.evaluations, from: '`evaluations`' };
  const { model, policy } = rules;
  const key = pathText(['models', inputs.model ?? '', 'evaluations']);
  return {
    patterns: model.evaluations,
    from: `\`${key}\` in ${quotable(policy.policy?.file ?? '', 200)}`,
    mayBeElsewhere: subjects.candidate !== undefined,
  };
}

const versionOf = (champion: Champion | undefined): Subject | undefined =>
  champion?.kind === 'version' ? champion : undefined;

/** Both sides, read at the same time. */
export async function bothSides(asking: Asking): Promise<{ candidate: Side; champion: Side }> {
  const { inputs, ports, rules, subjects, registry } = asking;
  const of = (subject: Subject | undefined) => async (signal: AbortSignal) =>
    registry && subject ? versionSources(registry, subject, signal) : NOTHING;
  const champion = versionOf(subjects.champion);
  const baseline = { patterns: inputs['champion-evaluations'], from: '`champion-evaluations`' };
  const binding = bindingTo(subjects.candidate, rules.model.bind === 'name');
  const [ours, ourFiles, theirs, theirFiles] = await together(ports.signal, [
    of(subjects.candidate),
    (signal) => fileSources(wantedOf(asking), binding, { ...ports, signal }),
    of(champion),
    (signal) => fileSources(baseline, () => NO_VERSION, { ...ports, signal }),
  ]);
  return {
    candidate: sideOf([ours, ourFiles], inputs),
    champion: sideOf([theirs, theirFiles], inputs),
  };
}
