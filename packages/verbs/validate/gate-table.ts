import { originText } from '@passmuster/core/evidence/evidence.ts';
import type { Measured } from '@passmuster/core/evidence/measured.ts';
import type { MetricName } from '@passmuster/core/gates/gate.ts';
import type { Judged } from '@passmuster/core/gates/judge.ts';
import { unprovenIn } from '@passmuster/core/gates/looks.ts';
import { metricText } from '@passmuster/core/gates/metric-text.ts';
import { apart, numberText } from '@passmuster/core/gates/number-text.ts';
import { type Block, code, type Inline, type Text } from '@passmuster/core/page.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { count, plural } from '@passmuster/report/quantity.ts';

const WORDS = {
  pass: 'pass',
  fail: 'FAIL',
  inconclusive: 'inconclusive',
  'not-applicable': 'not applicable',
} as const;

const wordOf = ({ gate, verdict }: Judged): string =>
  gate.level === 'warn' && verdict === 'fail' ? 'warning' : WORDS[verdict];

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
export const gateTable = (judged: readonly Judged[]): Block => ({
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

/** Why gates did not pass, and what is not proven about their comparisons. */
export function reasons(judged: readonly Judged[]): Block[] {
  const items = judged.flatMap((one): Text[] => {
    const unproven = unprovenIn(one.gate, one.used);
    const said = one.verdict === 'pass' ? [] : one.reasons;
    const all = [...said, ...(unproven === undefined ? [] : [`${capital(unproven)}.`])];
    return all.length === 0 ? [] : [[code(one.gate.text), ': ', all.join(' ')]];
  });
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** `2 of 5 gates fail`, `3 of 4 gates pass, 1 does not apply`. */
export function tallied(judged: readonly Judged[]): string {
  const counting = judged.filter(({ gate }) => gate.level === 'fail');
  const of = (verdict: Judged['verdict']) =>
    counting.filter((one) => one.verdict === verdict).length;
  const total = plural(counting.length, 'gate');
  if (of('fail') > 0)
    return `${count(of('fail'))} of ${total} ${of('fail') === 1 ? 'fails' : 'fail'}`;
  if (of('inconclusive') > 0) {
    const many = of('inconclusive');
    return `${count(many)} of ${total} ${many === 1 ? 'is' : 'are'} inconclusive`;
  }
  const inapplicable = of('not-applicable');
  if (of('pass') === 0) {
    return counting.length === 0
      ? 'there are only gates that warn, which make no verdict; add one that counts, such as `accuracy >= 0.85`, or let the job go on with `on-inconclusive: warn`'
      : 'no gate applies; add one without the champion, such as `accuracy >= 0.85`';
  }
  const isWhole = of('pass') === counting.length && counting.length > 1;
  const passed = isWhole
    ? `all ${total} pass`
    : `${count(of('pass'))} of ${total} ${of('pass') === 1 ? 'passes' : 'pass'}`;
  return inapplicable === 0
    ? passed
    : `${passed}, ${count(inapplicable)} ${inapplicable === 1 ? 'does' : 'do'} not apply`;
}
