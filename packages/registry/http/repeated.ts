import type { Clock } from '@passmuster/core/clock.ts';
import { type Answer, OUT_OF_TIME, type Outcome } from './answer.ts';
import type { Told } from './failure.ts';
import { MOST_TRIES, pauseAfter, type RetryBudget, retryAfter } from './pauses.ts';
import type { Followed } from './redirects.ts';
import type { Ask } from './transport.ts';
import { judgeAnswer, judgeBreak, type Verdict } from './verdict.ts';

export interface Limits {
  readonly clock: Clock;
  readonly random: () => number;
  readonly budget: RetryBudget;
  readonly signal: AbortSignal;
  /** Milliseconds; not positive once the time is over. */
  readonly left: () => number;
}

export type Result = { readonly answer: Answer } | { readonly told: Told };

const isPage = ({ headers }: Answer): boolean => /html/.test(headers['content-type'] ?? '');

/** Whoever is sent to a page elsewhere is to log in there, which only people can. */
const LOGIN_PAGE: Verdict = {
  failure: { reason: 'denied', effect: 'none' },
  again: 'none',
  words: 'a page, most likely to log in',
};

function judge({ outcome, strayed }: Followed): Verdict | undefined {
  if (outcome.kind === 'break') return judgeBreak(outcome);
  const isYes = outcome.status >= 200 && outcome.status < 300;
  if (!isYes) return judgeAnswer(outcome);
  return strayed !== undefined && isPage(outcome) ? LOGIN_PAGE : undefined;
}

/** What the server asks to be left alone for. */
function asked(outcome: Outcome, clock: Clock): number {
  if (outcome.kind === 'break') return 0;
  const { headers } = outcome;
  const date = Date.parse(headers['date'] ?? '');
  return retryAfter(headers['retry-after'], Number.isNaN(date) ? clock.now() : date) ?? 0;
}

const seconds = (milliseconds: number): string => `${Math.ceil(milliseconds / 1000)} s`;

/** How long to wait before the next try, or why there is none; neither, where none is allowed. */
function next(ask: Ask, verdict: Verdict, outcome: Outcome, tries: number, limits: Limits) {
  const mayRepeat = verdict.again === 'all' || (verdict.again === 'repeatable' && ask.repeatable);
  if (!mayRepeat || tries >= MOST_TRIES) return {};
  const wanted = asked(outcome, limits.clock);
  const pause = wanted + pauseAfter(tries - 1, limits.random);
  if (pause >= limits.left()) {
    const left = seconds(Math.max(0, limits.left()));
    return wanted > 0
      ? { stopped: `it asks to wait ${seconds(wanted)}, and ${left} are left` }
      : { stopped: 'no time is left for another try' };
  }
  if (!limits.budget.take()) {
    return { stopped: 'too many requests of this run had to be repeated already' };
  }
  return { pause };
}

/** Tries until there is an answer, as often and as long as it may. */
export async function repeated(
  attempt: () => Promise<Followed>,
  ask: Ask,
  limits: Limits,
): Promise<Result> {
  let doubt = false;
  for (let tries = 1; ; tries++) {
    const late = limits.left() <= 0;
    const result: Followed = late
      ? { outcome: { kind: 'break', sent: false, code: OUT_OF_TIME } }
      : await attempt();
    const { outcome, strayed } = result;
    const verdict = judge(result);
    if (!verdict && outcome.kind === 'answer') {
      limits.budget.give();
      return { answer: outcome };
    }
    if (!verdict) throw new Error('A request without an answer was taken for one.');
    const { pause, stopped } = next(ask, verdict, outcome, tries, limits);
    if (pause === undefined) {
      const { what, method } = ask;
      const told: Told = { what, method, outcome, verdict, tries, doubt };
      return { told: { ...told, ...(stopped && { stopped }), ...(strayed && { strayed }) } };
    }
    doubt ||= verdict.failure.effect === 'unknown';
    await limits.clock.sleep(pause, limits.signal);
  }
}
