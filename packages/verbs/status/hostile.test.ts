import { readInputs } from '@passmuster/action-kit/spec/read.ts';
import type { Chain, Ticket, TicketOutcome } from '@passmuster/core/ledger/ledger.ts';
import { parsePolicy } from '@passmuster/core/policy/parse.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import { markdown } from '@passmuster/report/markdown.ts';
import { terminalLines } from '@passmuster/report/terminal.ts';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { type Cluster, cluster, clusterIn } from './cluster/hostile.fixture.ts';
import { any, evil, text } from './evil.fixture.ts';
import type { Seen } from './look.ts';
import { outcomeOf } from './outcome.ts';
import { reportSchema } from './report.ts';
import { spec } from './spec.ts';
import { tellModel } from './tell-model.ts';

/** Few enough that they meet. */
const name = fc.oneof(fc.constantFrom('production', '1', '2', '3'), evil);
const number = fc.constantFrom('1', '2', '3');

const party = fc.record(
  { number: name, version: evil, digest: evil, ticket: number, found: fc.boolean() },
  { requiredKeys: ['number'] },
);
const step = fc.record({
  kind: fc.oneof(fc.constantFrom('alias', 'stage', 'left'), evil),
  place: name,
  before: name,
  after: name,
});
const traffic = fc.record(
  {
    configmap: fc.oneof(fc.constant('ml/llm'), evil),
    current: text,
    canary: text,
    share: fc.oneof(fc.constantFrom(0, 10), fc.double()),
  },
  { requiredKeys: ['configmap', 'share'] },
);
const record = fc.record(
  {
    verb: fc.oneof(fc.constantFrom('promote', 'rollback', 'settle', 'deploy'), evil),
    from: party,
    to: party,
    steps: fc.oneof(fc.array(step, { maxLength: 3 }), evil),
    at: fc.oneof(fc.constant('2026-11-28T14:02:00.000Z'), evil),
    who: fc.record({ actor: evil, started_by: evil, run: evil, repository: evil }),
    traffic,
    reason: evil,
    verdict: fc.oneof(fc.constantFrom('pass', 'fail'), evil),
    approvals: fc.array(evil, { maxLength: 2 }),
    override: fc.record({ reason: evil, passed: fc.array(evil, { maxLength: 2 }) }),
    accepted: fc.array(evil, { maxLength: 2 }),
  },
  { requiredKeys: ['verb', 'steps', 'to'] },
);

const ENDS: readonly TicketOutcome[] = ['done', 'put-back', 'stopped', 'settled', 'canary'];

const ticketWith = (record_: fc.Arbitrary<Record<string, unknown> | undefined>) =>
  fc.record({
    number,
    environment: name,
    actor: evil,
    server: evil,
    verb: evil,
    taken: fc.oneof(fc.nat(), fc.constantFrom(Number.NaN, 1e300, -1)),
    left: any(evil),
    claimedBy: any(number),
    record: record_,
    outcome: fc.constantFrom(...ENDS),
    displaced: fc.array(evil, { maxLength: 2 }),
  });

type Raw = typeof ticketWith extends (of: never) => fc.Arbitrary<infer Value> ? Value : never;

const ticketOf = (raw: Raw, isOpen: boolean): Ticket => ({
  number: raw.number,
  queue: 'moves',
  environment: raw.environment,
  intent: '',
  marks: new Map([['verb', raw.verb]]),
  holder: {
    actor: raw.actor,
    run: { server: raw.server, repository: raw.verb, id: raw.number, attempt: '1' },
  },
  lease: 1_000,
  taken: raw.taken,
  ...(raw.left !== undefined && { left: raw.left }),
  ...(raw.claimedBy !== undefined && { claimedBy: raw.claimedBy }),
  ...(raw.record && { record: raw.record }),
  ...(!isOpen && { outcome: raw.outcome, digest: 'x', result: { displaced: raw.displaced } }),
});

const version = (of: string, stage: string, tag: string): ModelVersion => ({
  model: 'm',
  number: of,
  created: 0,
  updated: 0,
  stage,
  description: tag,
  source: tag,
  runId: tag,
  status: 'READY',
  statusMessage: tag,
  tags: new Map([
    ['passmuster.version', tag],
    ['passmuster.moved.production', tag],
  ]),
  more: {},
});

interface World {
  readonly sealed: readonly Raw[];
  readonly open: readonly Raw[];
  readonly problem: string;
  readonly aliases: readonly (readonly [string, string])[];
  readonly stages: readonly string[];
  readonly tag: string;
  readonly hasAliases: boolean;
  readonly inCluster: Cluster;
}

const world: fc.Arbitrary<World> = fc.record({
  sealed: fc.array(ticketWith(record), { maxLength: 4 }),
  open: fc.array(ticketWith(any(record)), { maxLength: 2 }),
  problem: evil,
  aliases: fc.array(fc.tuple(name, name), { maxLength: 3 }),
  stages: fc.array(fc.oneof(fc.constantFrom('Staging', 'Production', 'None'), evil), {
    minLength: 2,
    maxLength: 3,
  }),
  tag: evil,
  hasAliases: fc.boolean(),
  inCluster: cluster,
});

function seenIn({
  sealed,
  open,
  problem,
  aliases,
  stages,
  tag,
  hasAliases,
  inCluster,
}: World): Seen {
  const tickets = sealed.map((raw) => ticketOf(raw, false));
  const inChain = (chain: Chain) =>
    tickets.filter(({ environment }) => chain !== 'names' && chain.environment === environment);
  const versions = stages.map((stage, at) => version(String(at + 1), stage, tag));
  const model = { name: 'm', created: 0, updated: 0, description: '', tags: new Map() };
  const named = { ...model, aliases: new Map(aliases), more: {} };
  return {
    whole: {
      open: open.map((raw) => ticketOf(raw, true)),
      newest: 0,
      mark: '',
      environments: [...new Set([...tickets, ...open].map(({ environment }) => environment))],
      history: (chain) => ({
        sealed: inChain(chain),
        problems: problem === '' ? [] : [{ message: problem, hint: problem }],
      }),
    },
    remembered: { model: named, versions, registry: {} as Seen['remembered']['registry'] },
    marks: { aliases: named.aliases, versions },
    hasAliases,
    clusters: new Map([['production', clusterIn(inCluster)]]),
  };
}

const inputsOf = (given: Readonly<Record<string, string>>) => {
  const reading = readInputs(spec, new Map(Object.entries(given)), (one) => one);
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  return reading.inputs;
};

const POLICY = await parsePolicy(
  'environments: { production: { stage: Production, alias: "1" } }',
  'passmuster.yaml',
);

const INPUTS = [
  inputsOf({ config: 'x.yaml', history: 'true' }),
  inputsOf({ config: 'x.yaml', history: 'true', model: 'm' }),
];

const given = fc.record({
  inputs: fc.constantFrom(...INPUTS),
  policy: fc.constantFrom(undefined, POLICY),
});

const validReport = new Ajv().compile(reportSchema());

const OURS = /^<\/?(code|strong|h3|h4|p|ul|ol|li|pre|table|thead|tbody|tr|th|td|details|summary)>$/;

test('whatever stands in ledger and registry is shown, and does nothing', () => {
  const counted = new Map<string, number>();
  let wrong = 0;
  const property = fc.property(world, evil, given, (made, model, { inputs, policy }) => {
    const about = { ledger: 'passmuster.m', hasLedger: true, policy };
    const told = tellModel({ ...about, model, environment: undefined }, seenIn(made), 0);
    const outcome = outcomeOf({
      inputs,
      policy: { from: 'none', said: '' },
      registry: 'https://x',
      models: [told],
      strange: [model],
    });
    expect(validReport(outcome.report), JSON.stringify(validReport.errors)).toBe(true);
    const extensions = { extensions: [gfm()], htmlExtensions: [gfmHtml()] };
    const text = markdown(outcome.page, 1e6);
    const html = micromark(text, { ...extensions, allowDangerousHtml: true });
    const tags = html.match(/<[^>]*>/g) ?? [];
    expect(tags.filter((tag) => !OURS.test(tag))).toEqual([]);
    const lines = terminalLines(outcome.page, { colour: false, width: 100 });
    expect(lines.join('')).not.toMatch(/[\p{Cc}\u202e\u200b]/u);
    for (const { cluster: one } of told.environments) {
      if (one) wrong += one.disagreements.length;
    }
    for (const { state } of told.environments) counted.set(state, (counted.get(state) ?? 0) + 1);
  });
  fc.assert(property, rounds(5_000));
  expect(wrong).toBeGreaterThan(0);
  // Each state is reached, so that none of it holds for want of a case.
  expect([...counted.keys()].sort()).toEqual([
    'agrees',
    'disagrees',
    'under-way',
    'unknown',
    'unrecorded',
  ]);
});
