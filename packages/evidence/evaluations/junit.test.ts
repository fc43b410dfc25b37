import { expect, test } from 'vitest';
import { one, readText, unusable, values } from './reading.fixture.ts';
import { JUNIT } from './texts.fixture.ts';

const junit = (text: string) => readText(text, 'junit.xml');

test('cases are counted once, however suites nest', async () => {
  const reading = await junit(JUNIT);
  expect(values(reading)).toEqual({ tests: 5, failures: 1, errors: 1, skipped: 1, pass_rate: 0.5 });
  expect(one(reading, 'pass_rate').samples).toBe(4);
});

const suite = (cases: string, attributes = '') => `<testsuite ${attributes}>${cases}</testsuite>`;
const PASSED = '<testcase name="a"/>';
const FAILED = '<testcase name="a"><failure/></testcase>';

test.each([
  [suite(PASSED + FAILED), 0.5],
  [suite(PASSED + FAILED, 'tests="2" failures="1"'), 0.5],
  [suite(`${PASSED}<testcase name="a"><failure/><error/><skipped/></testcase>`), 0.5],
  [suite(`${PASSED}<testcase name="a" status="notrun"/>`), 1],
  [suite(`${PASSED}<testcase name="a" status="notrun"/>`, 'tests="2" skipped="0"'), 1],
  [suite(PASSED + suite(PASSED + PASSED, 'tests="2"'), 'tests="2"'), 1],
  [`<testsuites tests="4">${suite(PASSED.repeat(4), 'tests="4"')}</testsuites>`, 1],
  [`\ufeff<?xml version='1.0'?>\n<!-- a -- b -->\n<testsuite >${PASSED}</testsuite >\n`, 1],
])('%j passes at %d', async (text, rate) => {
  expect(one(await junit(text), 'pass_rate').value).toBe(rate);
});

const OTHER = 'of a report whose suites state other counts than its cases give';
const OUTSIDE = 'of a report with a failure outside of its cases';
const NONE_RAN = 'of a report in which no test ran';

test.each([
  [suite(''), NONE_RAN],
  ['<testsuites><testsuite tests="0"/></testsuites>', NONE_RAN],
  [suite('<testcase><skipped/></testcase>'), NONE_RAN],
  [suite(PASSED, 'tests="2"'), OTHER],
  [suite(PASSED + PASSED, 'tests="1"'), OTHER],
  [suite(PASSED, 'tests="1" failures="1"'), OTHER],
  [suite(PASSED, 'failures="1"'), OTHER],
  [suite(PASSED + FAILED, 'tests="2" failures="0" errors="0"'), OTHER],
  [suite(PASSED + PASSED, 'tests="2" skipped="1"'), OTHER],
  [suite(PASSED, 'tests="many"'), OTHER],
  [suite('', 'tests="10" failures="1"'), OTHER],
  [`<testsuites tests="1">${suite(PASSED, 'tests="2"')}</testsuites>`, OTHER],
  [`<testsuites tests="1">${suite(PASSED)}${suite(PASSED)}</testsuites>`, OTHER],
  [suite(`${PASSED}<error/>`), OUTSIDE],
  [`<testsuites><failure/>${suite(PASSED)}</testsuites>`, OUTSIDE],
])('nothing in %j counts', async (text, why) => {
  const reading = await junit(text);
  expect(reading.measured).toEqual([]);
  const all = ['tests', 'failures', 'errors', 'skipped', 'pass_rate'];
  expect(unusable(reading)).toEqual(Object.fromEntries(all.map((name) => [name, why])));
});

test('times are not read', async () => {
  expect(Object.keys(values(await junit(JUNIT))).join()).not.toContain('time');
});

test('a case within a case is not counted as one', async () => {
  await expect(junit(suite(`<testcase><failure/>${PASSED}</testcase>`))).rejects.toThrow(
    'The JUnit report has a `testcase` within another.',
  );
});

test('another XML is named', async () => {
  await expect(junit('<html/>')).rejects.toThrow(
    'The XML is no JUnit report: it starts with "html"; expected `testsuites` or `testsuite`.',
  );
});

const LOL = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>';

test.each([
  [`<?xml version="1.0"?>\n${LOL}<testsuite>&b;</testsuite>`, 2, /document type/],
  ['<testsuite>&b;</testsuite>', 1, /`&` stands for no character/],
  ['<testsuite name="&xxe;"/>', 1, /`&` stands for no character/],
  ['<testsuite>a & b</testsuite>', 1, /`&` stands for no character/],
  ['<testsuite>\n<testcase>', 2, /ends too early/],

  ['<testsuite></testsuites>', 1, /another element is closed/],
  ['<testsuite/><testsuite/>', 1, /a second element/],
  ['<testsuite/>more', 1, /text stands outside/],
  ['<testsuite a="1" a="2"/>', 1, /an attribute is written twice/],
  ['<testsuite a=1/>', 1, /an element is badly written/],
  ['<testsuite a="<"/>', 1, /an element is badly written/],
  ['<testsuite a="1"b="2"/>', 1, /an element is badly written/],
  ['<testsuite>a < b</testsuite>', 1, /a `<` starts no element/],
  ['<testsuite><![CDATA[</testsuite>', 1, /ends within `<!\[CDATA\[`/],
  ['<!-- only', 1, /ends within `<!--`/],
  ['<testsuite>'.repeat(1_000_000), 1, /deeper than 64 levels/],
])('broken XML is refused, %#', async (text, line, message) => {
  await expect(junit(text)).rejects.toMatchObject({
    problems: [{ message: expect.stringMatching(message), place: { file: 'junit.xml', line } }],
  });
});

test.each([
  ['a text', suite(`<system-out>${'x'.repeat(20_000_000)}</system-out>${PASSED}`)],
  ['an attribute', suite(PASSED, `name="${'x'.repeat(20_000_000)}"`)],
])('%s of megabytes is passed over', async (_, text) => {
  expect(one(await junit(text), 'pass_rate').value).toBe(1);
});
