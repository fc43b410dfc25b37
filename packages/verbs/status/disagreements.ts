import { type Block, type Inline, partsOf, type Text } from '@passmuster/core/page.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { partyShown } from '../moving/party.ts';
import {
  abandoned,
  type Disagreement,
  disagreeing,
  isSingle,
  type Told,
  type ToldEnvironment,
  type ToldModel,
  unaccepted,
  unreadClusters,
  type Waiting,
} from './told.ts';
import { settleCommand, shown } from './words.ts';

/** Which model and environment a line is about. */
const where = (told: Told, model: string, environment?: string): Inline[] => {
  if (environment === undefined) return [shown(model)];
  return isSingle(told) ? [shown(environment)] : [shown(model), ' ', shown(environment)];
};

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** `alias champion: number 2 → v1.3.0 (number 3)` */
function changesText({ differences, parties }: Disagreement): Inline[] {
  const named = (numbers: string): Inline[] => {
    const [number = ''] = numbers.split(' ');
    if (number !== numbers) return [`numbers ${quotable(numbers.replaceAll(' ', ', '))}`];
    return number === ''
      ? ['nobody']
      : partyShown(parties.find((one) => one.number === number) ?? { number });
  };
  return differences.flatMap(({ kind, place, expected, found }, at): Inline[] => [
    at > 0 ? ', ' : 'Before and after: ',
    `${kind} `,
    shown(place),
    ' ',
    ...named(expected),
    ' → ',
    ...named(found),
  ]);
}

function disagreementText(told: Told, model: ToldModel, one: ToldEnvironment): Text[] {
  const { environment, disagreement } = one;
  if (disagreement === undefined) return [];
  const { says, hint } = disagreement;
  const changed = changesText(disagreement);
  return [
    [
      ...where(told, model.model, environment.name),
      `: ${sentence(says)} `,
      ...(changed.length > 0 ? [...changed, '. '] : []),
      hint,
    ],
  ];
}

/** A line, and the commands that would mend it, if any would. */
interface Wrong {
  readonly text: Text;
  readonly commands?: readonly string[];
}

const clusterTexts = (told: Told, model: ToldModel, one: ToldEnvironment): Wrong[] =>
  (one.cluster?.disagreements ?? []).map(({ says, hint, commands }) => ({
    text: [...where(told, model.model, one.environment.name), ': ', ...partsOf(says), ` ${hint}`],
    ...(commands && { commands }),
  }));

/** A move that stays as it is until somebody comes. */
function abandonedText(told: Told, { model }: ToldModel, { ticket }: Waiting): Text {
  const { number, environment, holder, left } = ticket;
  return [
    ...where(told, model, environment),
    `: ticket ${number} of `,
    shown(holder.actor),
    ' was begun and has no end, and its run ',
    ...(left === undefined ? ['seems to be gone'] : ['has left it (', shown(left), ')']),
    ': a part of it may be done. Run it again to go on; any other move of this model puts it back first.',
  ];
}

const problemText = (told: Told, { model }: ToldModel, message: string, hint = ''): Text => [
  ...where(told, model),
  `: ${message} ${hint}`.trimEnd(),
];

const plainly = (text: Text): Wrong => ({ text });

/** Each of them as a line; in the order in which somebody should look at them. */
export function wrongIn(told: Told): Wrong[] {
  const { models, strange } = told;
  return [
    ...models.flatMap((model) =>
      disagreeing(model).flatMap((one) => disagreementText(told, model, one).map(plainly)),
    ),
    ...models.flatMap((model) =>
      model.environments.flatMap((one) => clusterTexts(told, model, one)),
    ),
    ...unreadClusters(told).map(([environment, { message, hint = '' }]) =>
      plainly([shown(environment), `: ${message} ${hint}`.trimEnd()]),
    ),
    ...models.flatMap((model) =>
      abandoned(model).map((one) => plainly(abandonedText(told, model, one))),
    ),
    ...models.flatMap((model) =>
      unaccepted(model).map(({ message, hint }) =>
        plainly(problemText(told, model, message, hint)),
      ),
    ),
    ...models.flatMap((model) => {
      const [first] = model.unread ?? [];
      return first ? [plainly(problemText(told, model, first.message, first.hint))] : [];
    }),
    ...strange.map(
      (name): Wrong =>
        plainly([
          'The registered model ',
          shown(name),
          ' is called like a ledger and is none that this version reads. Rename or remove it, or take the version of Passmuster that wrote it.',
        ]),
    ),
  ];
}

/** What has the cluster as the ledger says, each once. */
const mendingIn = (wrong: readonly Wrong[]): string[] => [
  ...new Set(wrong.flatMap(({ commands = [] }) => commands)),
];

const copied = (title: string, commands: readonly string[]): Block[] =>
  commands.length === 0
    ? []
    : [
        { kind: 'paragraph', text: title },
        { kind: 'code', text: commands.join('\n') },
      ];

/** What accepts what stands there, ready to be copied. */
function commandsIn({ models }: Told): string[] {
  return models.flatMap((model) =>
    disagreeing(model).flatMap(({ environment, disagreement }) =>
      disagreement && disagreement.differences.length > 0
        ? [settleCommand(model.model, environment.name)]
        : [],
    ),
  );
}

/** What is not as it should be, and what would accept it. */
export function disagreements(told: Told): Block[] {
  const wrong = wrongIn(told);
  if (wrong.length === 0) return [];
  return [
    { kind: 'list', items: wrong.map(({ text }) => text) },
    ...copied('To have the cluster as the ledger says:', mendingIn(wrong)),
    ...copied('To accept what stands there, with a reason:', commandsIn(told)),
    ...(told.inputs.check
      ? []
      : [{ kind: 'paragraph', text: 'Nothing is refused for it: `check` is not set.' } as const]),
  ];
}
