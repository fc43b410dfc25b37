import { originText } from '@passmuster/core/evidence/evidence.ts';
import type { Measured } from '@passmuster/core/evidence/measured.ts';
import type { MetricName } from '@passmuster/core/gates/gate.ts';
import type { Judged } from '@passmuster/core/gates/judge.ts';
import { metricText } from '@passmuster/core/gates/metric-text.ts';
import { apart, numberText } from '@passmuster/core/gates/number-text.ts';
import { isWaived, type Ruled } from '@passmuster/core/gates/waivers.ts';
import { type Block, code, type Inline, type Text } from '@passmuster/core/page.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { plural } from '@passmuster/report/quantity.ts';

const WORDS = {
  pass: 'pass',
  fail: 'FAIL',
  inconclusive: 'inconclusive',
  'not-applicable': 'not applicable',
} as const;

function wordOf(one: Ruled): string {
  if (isWaived(one)) return 'waived';
  return one.gate.level === 'warn' && one.verdict === 'fail' ? 'warning' : WORDS[one.verdict];
}

const signed = (margin: number): string =>
  `${margin >= 0 ? '+' : '−'}${numberText(Math.abs(margin))}`;

/** Value and bound as two texts that differ where the numbers do. */
function sides({ value, bound }: Judged): readonly [string, string] {
  if (value === undefined || bound === undefined) {
    return [value, bound].map((one) => (one === undefined ? '–' : numberText(one))) as [
      string,
      string,
    ];
  }
  return apart(value, bound);
}

/** As the input `gates` has it: one that only warns says so. */
const writtenAs = ({ level, text }: Judged['gate']): string =>
  level === 'warn' ? `warn: ${text}` : text;

/** Each gate with its value, its bound as computed, and the margin. */
export const gateTable = (judged: readonly Ruled[]): Block => ({
  kind: 'table',
  columns: ['', 'gate', 'value', 'bound', 'margin'],
  rows: judged.map((one): Text[] => {
    const { gate, margin } = one;
    const by = margin === undefined ? '–' : signed(margin);
    return [wordOf(one), code(writtenAs(gate)), ...sides(one), by];
  }),
});

/** A metric as a gate would name it. */
export const metricOf = ({ metric, slice }: MetricName): string =>
  metricText({ metric, ...(slice !== undefined && { slice }) });

/** Of how many samples, and how sure it is. */
export const precision = ({ samples, standardError }: Measured): string =>
  [
    samples === undefined ? '' : plural(samples, 'sample'),
    standardError === undefined ? '' : `± ${numberText(standardError)}`,
  ]
    .filter(Boolean)
    .join(', ');

function usedText({ of, measured }: Judged['used'][number]): Inline[] {
  const { value, origin } = measured;
  const details = [originText(origin), precision(measured)].filter(Boolean);
  return [
    code(metricOf(measured)),
    ` of the ${of} is ${numberText(value)} in ${details.join(', ')}`,
  ];
}

function sourceItem({ gate, used }: Judged): Text {
  const { file, line } = gate.place ?? {};
  const place = line === undefined ? '' : `, line ${line} of ${quotable(file ?? '', 200)}`;
  const numbers = used.flatMap((one, index) => [index === 0 ? ': ' : '; ', ...usedText(one)]);
  return [code(gate.text), ` (${gate.from}${place})`, ...numbers];
}

/** Where each number stands and where each gate is written. */
export const gateSources = (judged: readonly Judged[]): Block => ({
  kind: 'details',
  summary: 'Where numbers and gates come from',
  blocks: [{ kind: 'list', items: judged.map(sourceItem) }],
});
