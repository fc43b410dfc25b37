import { found } from '@passmuster/core/quote.ts';
import type { Findings } from './findings.ts';
import { type Tag, tagsOf } from './xml.ts';

const OUTCOMES = ['error', 'failure', 'skipped'] as const;
type Outcome = (typeof OUTCOMES)[number];

interface Counts {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
}

const COUNTS = ['tests', 'failures', 'errors', 'skipped'] as const;
const none = (): Counts => ({ tests: 0, failures: 0, errors: 0, skipped: 0 });

const isSuite = (name: string): boolean => name === 'testsuites' || name === 'testsuite';

function countCase(outcomes: ReadonlySet<Outcome>, into: Counts): void {
  into.tests++;
  if (outcomes.has('error')) into.errors++;
  else if (outcomes.has('failure')) into.failures++;
  else if (outcomes.has('skipped')) into.skipped++;
}

type Stated = Readonly<Record<keyof Counts, number | undefined>>;

const statedIn = ({ attributes }: Tag): Stated => {
  const of = (key: keyof Counts): number | undefined => {
    const written = attributes.get(key);
    if (written === undefined) return undefined;
    return /^\d{1,9}$/.test(written) ? Number(written) : Number.NaN;
  };
  return {
    tests: of('tests'),
    failures: of('failures'),
    errors: of('errors'),
    skipped: of('skipped'),
  };
};

interface Suite {
  readonly isRoot: boolean;
  readonly stated: Stated;
  readonly counted: Counts;
  /** Whether it may state less than its cases: some tools count a suite within as one test. */
  mayStateLess: boolean;
}

/** What a suite states beyond its cases is missing in it, and may have failed; less than them is as wrong. */
function contradicts({ stated, counted, mayStateLess }: Suite): boolean {
  const { tests, failures, errors, skipped = 0 } = stated;
  const failed = (failures ?? 0) + (errors ?? 0);
  const countedFailed = counted.failures + counted.errors;
  const isCovered =
    (tests ?? 0) <= counted.tests && failed <= countedFailed && skipped <= counted.skipped;
  if (!isCovered) return true;
  if (mayStateLess) return false;
  const saysAllFailed = failures !== undefined && errors !== undefined;
  return (
    (tests !== undefined && tests < counted.tests) || (saysAllFailed && failed < countedFailed)
  );
}

interface Report {
  /** Counted, case by case. */
  readonly counted: Counts;
  /** Whether some suite states what its cases do not give. */
  readonly isContradicted: boolean;
  /** Whether something failed that is no case: the setting up of a suite. */
  readonly brokeOutside: boolean;
}

/** Goes along with the tags and counts. */
class Tally {
  readonly #findings: Findings;
  readonly #counted = none();
  readonly #suites: Suite[] = [];
  #isContradicted = false;
  #brokeOutside = false;
  #isFirst = true;
  /** Of the case that is open. */
  #outcomes: Set<Outcome> | undefined;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  get report(): Report {
    return {
      counted: this.#counted,
      isContradicted: this.#isContradicted,
      brokeOutside: this.#brokeOutside,
    };
  }

  open(tag: Tag): void {
    const { name, attributes } = tag;
    if (this.#isFirst && !isSuite(name)) {
      const expected = 'expected `testsuites` or `testsuite`';
      this.#findings.fail(
        `The XML is no JUnit report: it starts with ${found(name)}; ${expected}.`,
      );
    }
    this.#isFirst = false;
    if (isSuite(name)) this.#openSuite(tag);
    const outcome = OUTCOMES.find((one) => one === name);
    if (outcome !== undefined && this.#outcomes) this.#outcomes.add(outcome);
    else if (outcome === 'error' || outcome === 'failure') this.#brokeOutside = true;
    if (name !== 'testcase') return;
    if (this.#outcomes) this.#findings.fail('The JUnit report has a `testcase` within another.');
    this.#outcomes = new Set(attributes.get('status') === 'notrun' ? ['skipped'] : []);
  }

  close(name: string): void {
    if (isSuite(name)) this.#closeSuite();
    if (name !== 'testcase' || !this.#outcomes) return;
    countCase(this.#outcomes, this.#suites.at(-1)?.counted ?? this.#counted);
    this.#outcomes = undefined;
  }

  #openSuite(tag: Tag): void {
    const outer = this.#suites.at(-1);
    if (outer) outer.mayStateLess = !outer.isRoot;
    this.#suites.push({
      stated: statedIn(tag),
      counted: none(),
      mayStateLess: false,
      isRoot: tag.name === 'testsuites',
    });
  }

  #closeSuite(): void {
    const suite = this.#suites.pop();
    if (!suite) return;
    if (contradicts(suite)) this.#isContradicted = true;
    const outer = this.#suites.at(-1)?.counted ?? this.#counted;
    for (const key of COUNTS) outer[key] += suite.counted[key];
  }
}

function reportOf(text: string, findings: Findings): Report {
  const tally = new Tally(findings);
  for (const tag of tagsOf(text, findings)) {
    if (tag.kind === 'open') tally.open(tag);
    else tally.close(tag.name);
  }
  return tally.report;
}

/** Why nothing in the report counts, if so: a report that was cut looks better than it is. */
function reasonAgainst({ counted, isContradicted, brokeOutside }: Report): string | undefined {
  if (isContradicted) return 'of a report whose suites state other counts than its cases give';
  if (brokeOutside) return 'of a report with a failure outside of its cases';
  return counted.tests === counted.skipped ? 'of a report in which no test ran' : undefined;
}

/** A JUnit report: how many tests passed of those that ran. Times in it are not read. */
export function readJunit(text: string, findings: Findings): void {
  const report = reportOf(text, findings);
  const why = reasonAgainst(report);
  if (why !== undefined) {
    for (const key of [...COUNTS, 'pass_rate']) findings.refuse(key, why, '');
    return;
  }
  const { counted } = report;
  for (const key of COUNTS) findings.take(key, counted[key], '');
  const ran = counted.tests - counted.skipped;
  const passed = ran - counted.failures - counted.errors;
  findings.take('pass_rate', passed / ran, '', { samples: ran });
}
