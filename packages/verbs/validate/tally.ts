import { isWaived, type Ruled } from '@passmuster/core/gates/waivers.ts';
import { count, plural } from '@passmuster/report/quantity.ts';

/** `, 2 are waived`, after what the others came to. */
function waivedIn(counting: readonly Ruled[]): string {
  const many = counting.filter(isWaived).length;
  return many === 0 ? '' : `, ${count(many)} ${isOrAre(many)} waived`;
}

const isOrAre = (many: number): string => (many === 1 ? 'is' : 'are');

/** Where no gate passed and none failed. */
function nothing(counting: readonly Ruled[]): string {
  if (counting.length === 0) {
    return 'there are only gates that warn, which make no verdict; add one that counts, such as `accuracy >= 0.85`, or let the job go on with `on-inconclusive: warn`';
  }
  const many = counting.filter(isWaived).length;
  return many === 0
    ? 'no gate applies; add one without the champion, such as `accuracy >= 0.85`'
    : `${plural(many, 'gate')} ${isOrAre(many)} waived and no other passes; waivers alone make no verdict`;
}

/** `2 of 5 gates fail`, `3 of 4 gates pass, 1 does not apply`. */
export function tallied(judged: readonly Ruled[]): string {
  const counting = judged.filter(({ gate }) => gate.level === 'fail');
  const of = (verdict: Ruled['verdict']) =>
    counting.filter((one) => one.verdict === verdict && !isWaived(one)).length;
  const total = plural(counting.length, 'gate');
  const waived = waivedIn(counting);
  if (of('fail') > 0)
    return `${count(of('fail'))} of ${total} ${of('fail') === 1 ? 'fails' : 'fail'}${waived}`;
  if (of('inconclusive') > 0) {
    const many = of('inconclusive');
    return `${count(many)} of ${total} ${isOrAre(many)} inconclusive${waived}`;
  }
  const inapplicable = of('not-applicable');
  if (of('pass') === 0) return nothing(counting);
  const isWhole = of('pass') === counting.length && counting.length > 1;
  const passed = isWhole
    ? `all ${total} pass`
    : `${count(of('pass'))} of ${total} ${of('pass') === 1 ? 'passes' : 'pass'}`;
  return inapplicable === 0
    ? `${passed}${waived}`
    : `${passed}${waived}, ${count(inapplicable)} ${inapplicable === 1 ? 'does' : 'do'} not apply`;
}
