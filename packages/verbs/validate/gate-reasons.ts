import { unprovenIn } from '@passmuster/core/gates/looks.ts';
import { isWaived, type Ruled, waivedText } from '@passmuster/core/gates/waivers.ts';
import { type Block, code, type Text } from '@passmuster/core/page.ts';
import { plural } from '@passmuster/report/quantity.ts';

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

function reasonsOf(one: Ruled): string[] {
  const unproven = unprovenIn(one.gate, one.used);
  return [
    ...(one.verdict === 'pass' ? [] : one.reasons),
    ...(unproven === undefined ? [] : [`${capital(unproven)}.`]),
  ];
}

const because = ({ gate }: Ruled, said: readonly string[]): Text[] =>
  said.length === 0 ? [] : [[code(gate.text), ': ', said.join(' ')]];

/** Why gates did not pass, and what is not proven about their comparisons. Those waived are told apart. */
export function reasons(judged: readonly Ruled[]): Block[] {
  const others = judged.filter((one) => !isWaived(one));
  const items = others.flatMap((one) => because(one, reasonsOf(one)));
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

/** Waivers that last, under a heading of their own, so that nobody takes what they let by for a pass. */
export function waivers(judged: readonly Ruled[]): Block[] {
  const items = judged.flatMap((one): Text[] => {
    const { waived } = one;
    if (waived === undefined || waived.hasEnded) return [];
    if (isWaived(one)) return because(one, reasonsOf(one));
    return because(one, [waivedText(waived), 'It is not needed: the gate does not fail.']);
  });
  if (items.length === 0) return [];
  const text = `${plural(items.length, 'gate')} ${items.length === 1 ? 'is' : 'are'} waived`;
  return [
    { kind: 'heading', text },
    { kind: 'list', items },
  ];
}
