import type { Known } from '@passmuster/core/evidence/evidence.ts';
import type { Measured, Origin } from '@passmuster/core/evidence/measured.ts';
import { unprovenIn } from '@passmuster/core/gates/looks.ts';
import type { Ruled, Waived } from '@passmuster/core/gates/waivers.ts';
import { remarksOf } from './page.ts';
import type { ValidateReport } from './report.ts';
import type { Subject } from './subjects.ts';
import { byUrgency, nameOf, type Told, unboundOf, verdictIn } from './told.ts';

type Metric = ValidateReport['evidence'][number];

/** JSON would make it null, which says nothing. */
const finite = (
  name: 'value' | 'bound' | 'margin' | 'standard_error',
  value: number | undefined,
) => (value !== undefined && Number.isFinite(value) ? { [name]: value } : {});

function metricOf(measured: Measured): Metric {
  const { metric, slice, value, samples, standardError, conditions, origin } = measured;
  const { dataset, datasetDigest } = conditions;
  return {
    metric,
    ...(slice !== undefined && { slice }),
    ...finite('value', value),
    ...(!Number.isFinite(value) && { not_a_number: String(value) }),
    ...(samples !== undefined && { samples }),
    ...finite('standard_error', standardError),
    ...(dataset !== undefined && { dataset }),
    ...(datasetDigest !== undefined && { dataset_digest: datasetDigest }),
    origin,
  };
}

const bindingOf = (unbound: string | undefined) => ({
  bound: unbound === undefined,
  ...(unbound !== undefined && { unbound_because: unbound }),
});

function entry(known: Known): Metric {
  const { metric, slice } = known;
  const name = { metric, ...(slice !== undefined && { slice }) };
  switch (known.kind) {
    case 'measured':
      return { ...metricOf(known.measured), ...bindingOf(known.unbound) };
    case 'unusable':
      return { ...name, not_a_number: known.says, origin: known.origin };
    case 'conflict': {
      const conflict = known.said.map(({ text, origin, unbound }) => ({
        value: text,
        origin,
        ...bindingOf(unbound),
      }));
      return { ...name, conflict };
    }
  }
}

const waivedOf = ({ waiver: { until, approver, reason }, hasEnded }: Waived) => ({
  ...{ until, approver, reason },
  ...(hasEnded && { ended: true }),
});

function gateOf(told: Told, judged: Ruled): ValidateReport['gates'][number] {
  const { gate, verdict, value, bound, margin, reasons, used, waived } = judged;
  const { rules } = told;
  const unproven = unprovenIn(gate, used);
  return {
    gate: gate.text,
    level: gate.level,
    verdict,
    ...(!rules.policy.inForce && { in_force: rules.isInForce(gate) }),
    ...finite('value', value),
    ...finite('bound', bound),
    ...finite('margin', margin),
    reasons: verdict === 'pass' ? [] : reasons,
    from: gate.from,
    ...(gate.place && { file: gate.place.file }),
    ...(gate.place?.line !== undefined && { line: gate.place.line }),
    used: used.map((one) => ({
      of: one.of,
      ...metricOf(one.measured),
      ...bindingOf(unboundOf(told, one)),
    })),
    ...(unproven !== undefined && { not_proven: unproven }),
    ...(waived && { waived: waivedOf(waived) }),
  };
}

const subjectOf = (subject: Subject) => {
  const name = nameOf(subject);
  const { number, runId } = subject.version;
  return { number, ...(name !== '' && { name }), ...(runId !== '' && { run_id: runId }) };
};

const pathOf = (origin: Origin) => (origin.kind === 'file' ? [origin.path] : []);

function championOf({ subjects, sides }: Told) {
  const { champion, candidate } = subjects;
  switch (champion?.kind) {
    case 'version':
      return { champion: { ...subjectOf(champion), by: champion.by } };
    case 'itself':
      return candidate ? { champion: { ...subjectOf(candidate), by: champion.by } } : {};
    case 'none':
    case 'unclear':
      return { champion_missing: champion.says };
    case 'files':
      return { champion_files: sides.champion.sources.flatMap(({ origin }) => pathOf(origin)) };
    case undefined:
      return {};
  }
}

export function reportOf(told: Told): ValidateReport {
  const { inputs, rules, subjects, sides, judgement, registry } = told;
  const { candidate } = subjects;
  return {
    verdict: verdictIn(told),
    ...(!rules.policy.inForce && { proposed_verdict: judgement.verdict }),
    in_force: rules.policy.inForce,
    ...(inputs.model !== undefined && { model: inputs.model }),
    ...(rules.environment && { environment: rules.environment.name }),
    ...(registry !== undefined && { registry }),
    policy: rules.policy.from,
    ...(candidate && { candidate: subjectOf(candidate) }),
    ...championOf(told),
    gates: byUrgency(told).map((judged) => gateOf(told, judged)),
    evidence: [...sides.candidate.evidence.values()].map(entry),
    champion_evidence: [...sides.champion.evidence.values()].map(entry),
    remarks: remarksOf(told),
  };
}
