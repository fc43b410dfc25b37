import { type Mistake, TWO_LINES } from './mistake.ts';
import { decimalComma, oddNumber, percent, type Said, touch } from './number-slips.ts';
import { inBrackets, nameAround, shown } from './odd-name.ts';
import { type Spot, spotsOf } from './tokens.ts';

/** What other languages write for our comparisons. */
const COMPARISONS = new Map([
  ['=', '=='],
  ['===', '=='],
  ['!==', '!='],
  ['<>', '!='],
  ['=>', '>='],
  ['=<', '<='],
  ['>==', '>='],
  ['<==', '<='],
  ['≥', '>='],
  ['≤', '<='],
  ['≠', '!='],
]);

function comparison({ text, before }: Spot): Said {
  const meant = COMPARISONS.get(text);
  if (meant === undefined) return undefined;
  if (text === '=' && before !== undefined && /^[<>!=]$/.test(before.text)) {
    const hint = `Write \`${before.text}=\`.`;
    return { message: `Found a space inside \`${before.text} =\`.`, hint };
  }
  return {
    message: `Found ${shown(text)}, which is no comparison.`,
    hint:
      text === '='
        ? 'Write `==` for "is equal to", or `>=` or `<=` for a bound.'
        : `Write \`${meant}\`.`,
  };
}

/** `acc,none`, as lm-evaluation-harness names a metric with its filter. */
function commaInName(spot: Spot): Said {
  const { kind, after, next, at, whole } = spot;
  if (kind !== 'word' || after?.text !== ',' || next?.kind !== 'word') return undefined;
  if (!touch(spot, after) || !touch(after, next)) return undefined;
  const name = /^[\w.]+,[\w.-]*\w/.exec(whole.slice(at))?.[0] ?? '';
  return {
    message: `Found ${shown(name)}; no comma can stand here.`,
    hint: `If it is the name of a metric, write ${inBrackets(name)}.`,
  };
}

function wordForSign({ kind, text, before }: Spot): Said {
  if (before === undefined) return undefined;
  if (/^(?:and|or|AND|OR|&&?|\|\|?|;)$/.test(text)) {
    return { message: `Found ${shown(text)}; a gate is one comparison.`, hint: TWO_LINES };
  }
  if (kind !== 'word' || !/^(?:is|not|between)$/.test(text)) return undefined;
  return {
    message: `Found the word ${shown(text)}, which compares nothing.`,
    hint: 'Compare with `<`, `<=`, `>`, `>=`, `==` or `!=`.',
  };
}

/** What the gate language uses; the other signs have their own messages. */
const USED = /^[\w.,:;?!%&|<>=()[\]{}+*/"'-]+$/;

function oddCharacter({ kind, text, at, whole }: Spot): Said {
  if (kind !== 'sign' || USED.test(text)) return undefined;
  if (/[“”„«»‘’`]/.test(text)) {
    return {
      message: `Found the quotation mark ${shown(text)}.`,
      hint: 'Write straight ones, `"`.',
    };
  }
  const name = nameAround(whole, at);
  return {
    message: `Found ${shown(text)}, which a gate has no use for.`,
    hint:
      name === undefined
        ? 'Take it out.'
        : `If it belongs to the name of a metric, write ${name}; else take it out.`,
  };
}

/** What people write who know another language, in a text that is no gate. */
export function slipsIn(text: string): Mistake[] {
  const calls: boolean[] = [];
  return spotsOf(text).flatMap((spot) => {
    if (spot.text === '(') calls.push(spot.before?.kind === 'word');
    if (spot.text === ')') calls.pop();
    const said =
      comparison(spot) ??
      percent(spot) ??
      decimalComma(spot) ??
      oddNumber(spot) ??
      (calls.at(-1) ? undefined : commaInName(spot)) ??
      wordForSign(spot) ??
      oddCharacter(spot);
    return said === undefined ? [] : [{ at: spot.at, ...said }];
  });
}
