import { sourceText } from '@passmuster/core/evidence/evidence.ts';
import { propose } from '@passmuster/core/gates/propose.ts';
import { type Block, code, type Inline, type Page, type Text } from '@passmuster/core/page.ts';
import { isEmbedded } from '@passmuster/core/registry-address.ts';
import { placeText } from '@passmuster/report/ending.ts';
import { comparison, evidenceDetails } from './evidence-tables.ts';
import { reasons, waivers } from './gate-reasons.ts';
import { gateSources, gateTable } from './gate-table.ts';
import { tallied } from './tally.ts';
import {
  byUrgency,
  counts,
  decisive,
  inForce,
  isRefused,
  nameOf,
  type Told,
  unboundOf,
  verdictIn,
} from './told.ts';

function subjectText({ inputs, subjects: { candidate } }: Told): Inline[] {
  if (candidate === undefined) {
    return inputs.model ? [code(inputs.model), ' (files)'] : ['The files'];
  }
  const name = nameOf(candidate);
  const { model, number } = candidate.version;
  return name === ''
    ? [code(model), ' number ', code(number)]
    : [code(model), ' ', code(name), ' (number ', code(number), ')'];
}

const notInForce = (told: Told): string =>
  inForce(told).length > 0
    ? '; those of the step are in force, those of the policy not yet'
    : ', by a policy that is not yet in force';

/** What all gates would come to, where only some are in force. */
function proposedVerdict(told: Told): Block[] {
  const { judged, verdict } = told.judgement;
  if (decisive(told).length === judged.length) return [];
  const text = `With the gates of the proposed policy, it would be ${verdict}: ${tallied(judged)}.`;
  return [{ kind: 'paragraph', text }];
}

/** The verdict in one line. */
export function headline(told: Told): Inline[] {
  const { judgement, rules } = told;
  const where = rules.environment ? [' for ', code(rules.environment.name)] : [];
  const notYet = rules.policy.inForce ? '' : notInForce(told);
  if (judgement.judged.length === 0) {
    return [...subjectText(told), ...where, ': there is no gate to judge it by'];
  }
  return [...subjectText(told), ...where, `: ${tallied(decisive(told))}${notYet}`];
}

function championText({ subjects: { champion } }: Told): Text[] {
  switch (champion?.kind) {
    case 'version': {
      const name = nameOf(champion);
      const shown = name === '' ? [] : [code(name), ' '];
      return [
        ['Champion: ', ...shown, 'number ', code(champion.version.number), `, by ${champion.by}.`],
      ];
    }
    case 'itself':
      return [
        `The candidate is the champion, by ${champion.by}: gates on the champion do not apply.`,
      ];
    case 'none':
      return [`There is no champion: ${champion.says}.`];
    case 'unclear':
      return [`Which version is the champion cannot be told: ${champion.says}. ${champion.hint}`];
    case 'files':
      return ['Champion: the files of `champion-evaluations`, and no version.'];
    case undefined:
      return [];
  }
}

/** Gates to begin with, where there is none. */
function proposals({ judgement, sides }: Told): Block[] {
  if (judgement.judged.length > 0) return [];
  const measured = (side: Told['sides']['candidate']) =>
    [...side.evidence.values()].flatMap((known) =>
      known.kind === 'measured' ? [known.measured] : [],
    );
  const lines = propose(measured(sides.candidate), measured(sides.champion));
  const none: Block = {
    kind: 'paragraph',
    text: 'Nothing was found that a gate could be proposed from: no metric whose name tells what is better, as accuracy or loss do. Write one yourself, such as `score >= 0.85`.',
  };
  if (lines.length === 0) return [none];
  return [
    {
      kind: 'paragraph',
      text: 'What was measured would pass these gates. Take what matters into the policy, or into the input `gates`, and put the bounds where they belong:',
    },
    { kind: 'code', text: lines.join('\n') },
  ];
}

function policyBlocks({ rules }: Told): Block[] {
  const { policy, changes } = rules;
  const blocks: Block[] = [{ kind: 'paragraph', text: policy.said }];
  const diff = changes?.diff ?? [];
  if (diff.length > 0) {
    blocks.push(
      { kind: 'paragraph', text: 'The pull request would change what this is judged by:' },
      { kind: 'code', text: diff.join('\n'), language: 'diff' },
    );
  }
  const also = changes?.also ?? [];
  if (also.length > 0) {
    const items = also.map(({ key, from, to }): Text => [code(key), `: ${from} → ${to}`]);
    blocks.push({ kind: 'paragraph', text: 'It also changes:' }, { kind: 'list', items });
  }
  return blocks;
}

/** What a pull request holds itself, its author can change with it. */
function ownRemarks({ rules, subjects, registry }: Told): string[] {
  if (rules.policy.proposed === undefined) return [];
  const ofFiles =
    'The files of `champion-evaluations` are those of the pull request, which may have changed them.';
  const ofRegistry =
    'The registry is a file of the work tree, which the pull request may have changed.';
  return [
    ...(subjects.champion?.kind === 'files' ? [ofFiles] : []),
    ...(isEmbedded(registry ?? '') ? [ofRegistry] : []),
  ];
}

/** One for each source that counts although nothing proves what it speaks of. */
function unboundRemarks(told: Told): string[] {
  return told.judgement.judged
    .filter((judged) => counts(told, judged))
    .flatMap(({ used }) => used)
    .flatMap((one) => {
      const why = unboundOf(told, one);
      const where = sourceText(one.measured.origin);
      return why === undefined
        ? []
        : [`Of the ${one.of}, ${where} counts, but is unbound: ${why}.`];
    });
}

export function remarksOf(told: Told): string[] {
  const { rules, subjects, sides } = told;
  const ofPolicy = rules.policy.remarks.map((problem) => {
    const place = placeText(problem);
    const said = [problem.message, problem.hint].join(' ').trim();
    return place === '' ? said : `${place}: ${said}`;
  });
  const ofChampion = sides.champion.remarks.map((remark) => `Of the champion: ${remark}`);
  return [
    ...new Set([
      ...ofPolicy,
      ...rules.remarks,
      ...ownRemarks(told),
      ...subjects.remarks,
      ...unboundRemarks(told),
      ...sides.candidate.remarks,
      ...ofChampion,
    ]),
  ];
}

function remarks(told: Told): Block[] {
  const items = remarksOf(told);
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

/** First whether it passes, then why not, then what it was judged by. */
export function pageOf(told: Told): Page {
  const { sides, subjects } = told;
  const judged = byUrgency(told);
  const champion = championText(told).map((text): Block => ({ kind: 'paragraph', text }));
  const lenient = leniency(told);
  return [
    { kind: 'verdict', verdict: verdictIn(told), text: headline(told) },
    ...proposedVerdict(told),
    ...(lenient === undefined ? [] : [{ kind: 'paragraph' as const, text: lenient }]),
    ...waivers(judged),
    ...(judged.length > 0 ? [gateTable(judged)] : []),
    ...reasons(judged),
    ...proposals(told),
    ...champion,
    ...(subjects.champion?.kind === 'itself' ? [] : comparison(told)),
    ...remarks(told),
    ...policyBlocks(told),
    ...(judged.length > 0 ? [gateSources(judged)] : []),
    ...evidenceDetails('candidate', sides.candidate.evidence),
    ...evidenceDetails('champion', sides.champion.evidence),
  ];
}

/** Why the job goes on although the verdict is no pass. */
export function leniency(told: Told): string | undefined {
  const verdict = verdictIn(told);
  if (verdict === 'pass' || isRefused(told)) return undefined;
  const isLet = verdict === 'inconclusive' && told.inputs['on-inconclusive'] === 'warn';
  if (isLet) return 'The job goes on: `on-inconclusive` is `warn`.';
  return told.judgement.judged.length === 0
    ? 'The job goes on: there is no gate yet. `on-inconclusive: fail` would stop it.'
    : 'The job goes on: the policy that judged is not yet in force.';
}
