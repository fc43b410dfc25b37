import type { Input } from './input.ts';
import type { VerbSpec } from './verb.ts';

/** JSON's strings are YAML's double-quoted ones: nothing in a text can break out of the file. */
const quoted = (text: string): string => JSON.stringify(text);

function inputLines(name: string, input: Input<unknown>): string[] {
  const fallback = input.jobDefault ?? input.default;
  return [
    `  ${name}:`,
    `    description: ${quoted(input.about)}`,
    `    required: ${input.required}`,
    ...(fallback === undefined ? [] : [`    default: ${quoted(fallback)}`]),
  ];
}

const permissionsNote = ({ permissions }: VerbSpec): string[] =>
  permissions.length === 0
    ? ['# Permissions: none.']
    : [
        '# Permissions:',
        ...permissions.map(({ scope, access, reason }) => `#   ${scope}: ${access}  # ${reason}`),
      ];

/** The `action.yml` of a verb, which finds its bundle from two folders below the root, or from the root itself. */
export const actionYml = (spec: VerbSpec, folder: '../../' | '' = '../../'): string =>
  [
    '# Generated from the verb’s spec by `npm run generate`.',
    ...permissionsNote(spec),
    `name: ${quoted(`Passmuster ${spec.name}`)}`,
    `description: ${quoted(spec.about)}`,
    'author: Passmuster',
    ...(Object.keys(spec.inputs).length > 0 ? ['inputs:'] : []),
    ...Object.entries(spec.inputs).flatMap(([name, input]) => inputLines(name, input)),
    ...(Object.keys(spec.outputs).length > 0 ? ['outputs:'] : []),
    ...Object.entries(spec.outputs).flatMap(([name, about]) => [
      `  ${name}:`,
      `    description: ${quoted(about)}`,
    ]),
    'runs:',
    '  using: node24',
    `  main: ${folder}dist/${spec.name}.js`,
    '',
  ].join('\n');
