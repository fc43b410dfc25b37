import { type Known, originText } from '@passmuster/core/evidence/evidence.ts';
import type { Measured } from '@passmuster/core/evidence/measured.ts';
import { numberText } from '@passmuster/core/gates/number-text.ts';
import { type Block, code, type Text } from '@passmuster/core/page.ts';
import { plural } from '@passmuster/report/quantity.ts';
import { metricOf, precision } from './gate-table.ts';
import type { Told } from './told.ts';

type Direction = 'higher' | 'lower';

/** What gates say is better: nothing where they disagree, as on a range, or where none tells. */
function directions({ judgement }: Pick<Told, 'judgement'>) {
  const known = new Map<string, Direction | undefined>();
  for (const { gate } of judgement.judged) {
    const [name] = gate.candidate;
    if (name === undefined || gate.better === undefined) continue;
    const metric = metricOf(name);
    const isOther = known.has(metric) && known.get(metric) !== gate.better;
    known.set(metric, isOther ? undefined : gate.better);
  }
  return known;
}

function difference(ours: number, theirs: number, better: Direction | undefined): string {
  const by = ours - theirs;
  if (!Number.isFinite(by)) return '–';
  if (by === 0) return 'the same';
  const arrow = by > 0 ? '↑' : '↓';
  const signed = `${by > 0 ? '+' : '−'}${numberText(Math.abs(by))}`;
  if (better === undefined) return signed;
  return `${signed} ${arrow} ${(by > 0) === (better === 'higher') ? 'better' : 'worse'}`;
}

const measuredIn = (known: Known | undefined): Measured | undefined =>
  known?.kind === 'measured' ? known.measured : undefined;

/** Candidate and champion side by side, those first that a gate wants higher or lower. */
export function comparison(told: Pick<Told, 'judgement' | 'sides'>): Block[] {
  const { candidate, champion } = told.sides;
  const better = directions(told);
  const pairs = [...candidate.evidence].flatMap(([key, known]) => {
    const [ours, theirs] = [measuredIn(known), measuredIn(champion.evidence.get(key))];
    return ours && theirs ? [{ name: metricOf(ours), ours: ours.value, theirs: theirs.value }] : [];
  });
  if (pairs.length === 0) return [];
  const isGated = ({ name }: { name: string }) => better.has(name);
  const ordered = [...pairs.filter(isGated), ...pairs.filter((pair) => !isGated(pair))];
  const rows = ordered.map(({ name, ours, theirs }): Text[] => [
    code(name),
    numberText(ours),
    numberText(theirs),
    difference(ours, theirs, better.get(name)),
  ]);
  const columns = ['metric', 'candidate', 'champion', 'difference'];
  return [
    { kind: 'heading', text: 'Against the champion' },
    { kind: 'table', columns, rows },
  ];
}

function evidenceRow(known: Known): Text[] {
  if (known.kind !== 'measured') return [code(metricOf(known)), '–', known.says, '', ''];
  const { value, origin, conditions } = known.measured;
  return [
    code(metricOf(known.measured)),
    numberText(value),
    originText(origin) + (known.unbound === undefined ? '' : ' (unbound)'),
    precision(known.measured),
    conditions.dataset ?? conditions.datasetDigest ?? '',
  ];
}

const COLUMNS = ['metric', 'value', 'source', 'samples', 'data'];
const MOST_ROWS = 1_000;

/** Every metric that was found, so that a person can look. */
export function evidenceDetails(who: string, evidence: ReadonlyMap<string, Known>): Block[] {
  if (evidence.size === 0) return [];
  const rows = [...evidence.values()].slice(0, MOST_ROWS).map(evidenceRow);
  const isTold = (_: unknown, column: number) => rows.some((row) => row[column] !== '');
  const table: Block = {
    kind: 'table',
    columns: COLUMNS.filter(isTold),
    rows: rows.map((row) => row.filter(isTold)),
    of: evidence.size,
  };
  const summary = `Evidence of the ${who}: ${plural(evidence.size, 'metric')}`;
  return [{ kind: 'details', summary, blocks: [table] }];
}
