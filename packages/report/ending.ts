import type { Ending } from '@passmuster/core/endings.ts';
import type { Problem } from '@passmuster/core/errors.ts';
import type { Block, Page } from '@passmuster/core/page.ts';

/** `file:line:column`, as editors and terminals make it clickable. */
export const placeText = ({ place }: Problem): string =>
  place
    ? [place.file, place.line, place.column].filter((part) => part !== undefined).join(':')
    : '';

const problemBlocks = (problem: Problem): Block[] => [
  {
    kind: 'list',
    items: [
      [
        ...(problem.place ? [{ code: placeText(problem) }, ': '] : []),
        problem.message,
        ...(problem.hint ? [' ', problem.hint] : []),
      ],
    ],
  },
  ...(problem.excerpt ? [{ kind: 'code' as const, text: problem.excerpt }] : []),
];

/** An ending that is no outcome of a verb, as a page. */
export const endingPage = (verb: string, ending: Ending): Page => [
  { kind: 'verdict', verdict: 'error', text: [`${verb}: ${ending.headline}`] },
  ...ending.problems.flatMap(problemBlocks),
];
