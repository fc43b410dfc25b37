import { PassmusterError } from '../errors.ts';
import type { Seal, Ticket } from '../ledger/ledger.ts';
import { found, quotable } from '../quote.ts';
import { isMap } from '../shape/map.ts';
import type { Accepted, From, Has, Move, Mover, Override, Traffic } from './move-record.ts';
import { stepFrom } from './step.ts';

export {
  type Accepted,
  contentOf,
  type From,
  type Has,
  type JudgedGate,
  type Move,
  type MoveRecord,
  type Mover,
  type Override,
  type Party,
  type RecordedApproval,
  type Traffic,
} from './move-record.ts';

const VERBS = ['promote', 'rollback', 'settle', 'deploy'] as const;

const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

function partyFrom(value: unknown): From | undefined {
  if (!isMap(value)) return undefined;
  const number = textIn(value['number']);
  if (number === undefined) return undefined;
  const [version, digest, ticket] = ['version', 'digest', 'ticket'].map((key) =>
    textIn(value[key]),
  );
  return {
    number,
    ...(version !== undefined && { version }),
    ...(digest !== undefined && { digest }),
    ...(ticket !== undefined && { ticket }),
    ...(value['found'] === true && { found: true }),
  };
}

const unreadable = ({ number }: Ticket, what: string): PassmusterError =>
  new PassmusterError('conflict', [
    {
      message: `Ticket ${quotable(number)} has a record of a move that cannot be read: ${what}.`,
      hint: 'It was written by a newer Passmuster, or by something else. Use the version that wrote it.',
    },
  ]);

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** A message alone accepts whatever it is said of: so it was once written. */
const acceptedIn = (value: unknown): Accepted[] =>
  (Array.isArray(value) ? value : []).flatMap((one): Accepted[] => {
    if (typeof one === 'string') return [{ message: one }];
    const [message, mark] = isMap(one) ? [textIn(one['message']), textIn(one['mark'])] : [];
    return message === undefined ? [] : [{ message, ...(mark !== undefined && { mark }) }];
  });

function moverFrom(value: unknown): Mover {
  const of = isMap(value) ? value : {};
  const [actor = 'somebody', started, run, repository] = [
    'actor',
    'started_by',
    'run',
    'repository',
  ].map((key) => textIn(of[key]));
  return {
    actor,
    ...(started !== undefined && { started_by: started }),
    ...(run !== undefined && { run }),
    ...(repository !== undefined && { repository }),
  };
}

function sealsIn(value: unknown): Seal[] {
  return (Array.isArray(value) ? value : []).flatMap((one) => {
    const [number, digest] = isMap(one) ? [textIn(one['number']), textIn(one['digest'])] : [];
    return number !== undefined && digest !== undefined ? [{ number, digest }] : [];
  });
}

const STAGES = ['Staging', 'Production'] as const;

function hasFrom(value: unknown): Has | undefined {
  if (!isMap(value)) return undefined;
  const alias = textIn(value['alias']);
  const stage = STAGES.find((one) => one === value['stage']);
  return { ...(alias !== undefined && { alias }), ...(stage && { stage }) };
}

function overrideFrom(value: unknown): Override | undefined {
  if (!isMap(value)) return undefined;
  return { reason: textIn(value['reason']) ?? '', passed: textsIn(value['passed']) };
}

function trafficFrom(value: unknown): Traffic | undefined {
  if (!isMap(value)) return undefined;
  const [configmap, current, canary] = ['configmap', 'current', 'canary'].map((key) =>
    textIn(value[key]),
  );
  const share = value['share'];
  if (configmap === undefined || typeof share !== 'number') return undefined;
  return {
    configmap,
    share,
    ...(current !== undefined && { current }),
    ...(canary !== undefined && { canary }),
  };
}

const VERDICTS = ['pass', 'fail', 'inconclusive'] as const;

/**
 * What a ticket of `moves` says of itself; nothing where it has no record. The digests of the ledger hold its
 * text together; here it is only made sure that it is one that this version can act by.
 */
export function moveOf(ticket: Ticket): Move | undefined {
  const { record } = ticket;
  if (record === undefined) return undefined;
  const verb = VERBS.find((one) => one === record['verb']);
  if (verb === undefined) {
    throw unreadable(ticket, `its verb is ${found(record['verb'])}`);
  }
  const written = Array.isArray(record['steps']) ? record['steps'] : [undefined];
  const steps = written.map(stepFrom);
  if (!steps.every((step) => step !== undefined)) {
    throw unreadable(ticket, 'one of its steps does not say what it changes');
  }
  const [from, to] = [partyFrom(record['from']), partyFrom(record['to'])];
  if (to === undefined && verb !== 'settle') throw unreadable(ticket, 'it names no version');
  const reason = textIn(record['reason']);
  const [has, marked] = [hasFrom(record['has']), hasFrom(record['marked'])];
  const verdict = VERDICTS.find((one) => one === record['verdict']);
  const override = overrideFrom(record['override']);
  const traffic = trafficFrom(record['traffic']);
  return {
    verb,
    id: textIn(record['id']) ?? '',
    steps,
    who: moverFrom(record['who']),
    accepted: acceptedIn(record['accepted']),
    lost: sealsIn(record['lost']),
    ...(from && { from }),
    ...(to && { to }),
    ...(has && { has }),
    ...(marked && { marked }),
    ...(reason !== undefined && { reason }),
    ...(verdict && { verdict }),
    ...(override && { override }),
    ...(traffic && { traffic }),
  };
}
