import {
  type Block,
  code,
  type Inline,
  type Page,
  partsOf,
  type Text,
} from '@passmuster/core/page.ts';
import { baseModelText } from '@passmuster/core/versions/facts.ts';
import { bytes, plural } from '@passmuster/report/quantity.ts';
import { headline } from './headline.ts';
import { endedAs, type Result, type Told, ticketOf } from './result.ts';
import type { Wish } from './wish.ts';

const SHORT = 12;
const MOST_ROWS = 50;

/** Enough of a digest to tell it by; the report has it whole. */
const short = (digest: string): Inline =>
  code(`${digest.slice(0, digest.indexOf(':') + 1 + SHORT)}…`);

const item = ([what = '', value = '']: Text[]): Text => [...partsOf(what), ': ', ...partsOf(value)];

function files({ hashed }: Wish, { keeping }: Result): Text[][] {
  if (hashed === undefined) {
    return [['files', 'not hashed: without `path`, source and run are all that tells it apart']];
  }
  const kept: Text =
    keeping === undefined
      ? ''
      : 'uri' in keeping
        ? code(keeping.uri)
        : `here only: ${keeping.none}`;
  return [
    ['files', `${plural(hashed.files, 'file')}, ${bytes(hashed.bytes)}`],
    ['root digest', code(hashed.digest)],
    ...(kept === '' ? [] : [['manifest', kept]]),
  ];
}

function made({ facts, runId, code: commit }: Wish): Text[][] {
  const rows: Text[][] = [];
  if (runId) rows.push(['run', code(runId)]);
  if (facts.baseModel) rows.push(['base model', code(baseModelText(facts.baseModel))]);
  if (facts.architecture) rows.push(['architecture', code(facts.architecture)]);
  for (const { name, version, digest } of facts.datasets) {
    rows.push(['data', [code(name), ' ', code(version), ' ', short(digest)]]);
  }
  if (commit) {
    const changed = commit.dirty ? ', with changes that are not in it' : '';
    rows.push(['code', [code(commit.commit.slice(0, SHORT)), changed]]);
  }
  return rows;
}

function evaluations({ evaluations: found }: Wish): Text[][] {
  return found.map(({ path, digest }): Text[] => ['evaluation', [code(path), ' ', short(digest)]]);
}

function since({ name: { step }, decision }: Result): Block[] {
  if (step === undefined || decision.do !== 'create') return [];
  const heading: Text = ['Since ', code(step.before), ':'];
  if (!step.known) {
    const text: Text = ['What ', code(step.before), ' was made of is on no record.'];
    return [{ kind: 'paragraph', text }];
  }
  const changes =
    step.reasons.length > 0 ? step.reasons : ['Nothing that calls for more than a patch.'];
  return [
    { kind: 'paragraph', text: heading },
    { kind: 'list', items: changes },
  ];
}

function next(result: Result): Block[] {
  const { decision } = result;
  if (decision.do !== 'refuse' || decision.hint === '') return [];
  return [{ kind: 'paragraph', text: decision.hint }];
}

export function pageOf(told: Told, result: Result): Page {
  const { wish, policy, registry } = told;
  const refused = endedAs(result) === 'refused';
  const sealed = ticketOf(result);
  const rows: Text[][] = [
    ['source', code(wish.source)],
    ...files(wish, result),
    ...made(wish),
    ...evaluations(wish),
    ['registry', code(registry.address)],
    ...(sealed ? [['sealed by', ['ticket ', code(sealed)]]] : []),
  ];
  return [
    { kind: 'verdict', verdict: refused ? 'fail' : 'pass', text: headline(told, result) },
    ...next(result),
    { kind: 'list', items: rows.slice(0, MOST_ROWS).map(item), of: rows.length },
    ...since(result),
    { kind: 'paragraph', text: policy.said },
  ];
}
