/** One case of a suite, as systems show it that know test results. */
export interface JunitCase {
  readonly name: string;
  readonly group: string;
  readonly end: 'passed' | 'failed' | 'error' | 'skipped';
  readonly message?: string;
}

/** What XML 1.0 has no way to write, and what would end a text. */
const UNWRITABLE = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

const xml = (text: string): string =>
  text
    .toWellFormed()
    .replace(UNWRITABLE, '\ufffd')
    .replace(/[&<>"\n\r\t]/g, (char) => ENTITIES[char] ?? char);

const ELEMENTS = { failed: 'failure', error: 'error', skipped: 'skipped' } as const;

function lines({ name, group, end, message = '' }: JunitCase): string[] {
  const start = `    <testcase classname="${xml(group)}" name="${xml(name)}"`;
  if (end === 'passed') return [`${start}/>`];
  return [`${start}>`, `      <${ELEMENTS[end]} message="${xml(message)}"/>`, '    </testcase>'];
}

/** A suite as JUnit XML, which most systems that run jobs can show. */
export function junit(suite: string, cases: readonly JunitCase[]): string {
  const count = (end: JunitCase['end']) => cases.filter((one) => one.end === end).length;
  const counts = `tests="${cases.length}" failures="${count('failed')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="${xml(suite)}" ${counts}>`,
    ...cases.flatMap(lines),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
