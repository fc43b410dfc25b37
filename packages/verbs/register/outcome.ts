import type { OutputsOf } from '@passmuster/action-kit/spec/verb.ts';
import type { Annotation, Outcome } from '@passmuster/core/outcome.ts';
import { plainText } from '@passmuster/core/page.ts';
import { headline } from './headline.ts';
import { pageOf } from './page.ts';
import { asRecorded, saysOtherwise } from './recorded.ts';
import type { RegisterReport } from './report.ts';
import { digestOf, endedAs, numberOf, type Result, type Told, ticketOf } from './result.ts';
import type { spec } from './spec.ts';

function reportOf({ wish, policy, registry }: Told, result: Result): RegisterReport {
  const { name, decision, keeping } = result;
  const { hashed, code } = wish;
  return {
    outcome: endedAs(result),
    model: wish.model,
    version: name.identifier,
    number: numberOf(result),
    ticket: ticketOf(result),
    registry: registry.address,
    policy: policy.from,
    source: wish.source,
    run_id: wish.runId,
    ...(hashed && { digest: hashed.digest, files: hashed.files, bytes: hashed.bytes }),
    ...(wish.facts.baseModel && { base_model: wish.facts.baseModel }),
    ...(wish.facts.architecture && { architecture: wish.facts.architecture }),
    datasets: wish.facts.datasets,
    evaluations: wish.evaluations,
    ...(code && { code }),
    ...(keeping && 'uri' in keeping && { manifest: keeping.uri }),
    ...(name.step && { since: { version: name.step.before, changes: name.step.reasons } }),
    ...(decision.do === 'refuse' && { refused: decision.text }),
  };
}

function annotationsOf(told: Told, result: Result, otherwise: boolean): Annotation[] {
  const title = 'passmuster register';
  const { decision } = result;
  if (decision.do === 'refuse') {
    const message = `${plainText(headline(told, result))}. ${decision.hint}`.trim();
    return [{ level: 'error', title, message }];
  }
  if (otherwise) {
    const message =
      'This run names another source, run, base model, other data or other evaluations than what is on record for this version. What is on record stays, and nothing of it was added.';
    return [{ level: 'warning', title, message }];
  }
  if (!told.wish.code?.dirty || decision.do === 'nothing') return [];
  const message =
    'Files of the work tree differ from the commit that is recorded, so the code cannot be had again from Git alone.';
  return [{ level: 'warning', title, message }];
}

/** The result in words, for people and for programs: of what is there, not of what was said again. */
export function outcomeOf(asked: Told, result: Result): Outcome<OutputsOf<typeof spec>> {
  const { decision } = result;
  const recorded =
    decision.do === 'nothing' ? asRecorded(asked.wish, decision.sealed.ticket) : asked.wish;
  const told = { ...asked, wish: recorded };
  const ended = endedAs(result);
  return {
    result: ended === 'refused' ? 'refused' : 'done',
    outputs: {
      outcome: ended,
      version: result.name.identifier,
      number: numberOf(result),
      digest: digestOf(told, result),
      ticket: ticketOf(result),
    },
    page: pageOf(told, result),
    report: reportOf(told, result),
    annotations: annotationsOf(told, result, saysOtherwise(asked.wish, recorded)),
  };
}
