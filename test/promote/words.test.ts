import { describe, expect, test } from 'vitest';
import { noRegistry } from '../surroundings.ts';
import {
  asActor,
  historyOf,
  MODEL,
  problemsOf,
  registered,
  run,
  stands,
} from './running.fixture.ts';

const POLICY = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }
environments: { live: { may-override: [ann] } }
`;
const TO = { environment: 'live' };
// biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours
const EXPRESSION = '${{ github.token }}';
const MARKDOWN = `](https://evil.example) <b>x</b> | \`y\` ${EXPRESSION} $(id) "z" 'q' ::error::no`;

describe.each(['reason', 'override'])('`%s`', (input) => {
  test('is text, whatever stands in it, and stays as it was given', async () => {
    const address = await registered([0.5], POLICY);
    const given = { ...TO, override: 'x', [input]: MARKDOWN };
    const { outputs } = await run(address, given, asActor('ann'));
    expect(outputs.outcome).toBe('promoted');
    const [moved] = await historyOf(address, 'live');
    const told = { reason: moved?.record?.['reason'], override: moved?.record?.['override'] };
    expect(input === 'reason' ? told.reason : told.override).toEqual(
      input === 'reason' ? MARKDOWN : { reason: MARKDOWN, passed: ['gates'] },
    );
  });

  test('keeps no secret that was put into it', async () => {
    const address = await registered([0.5], POLICY);
    const reason = 'the bucket at https://robot:hunter2@files.example is gone';
    const given = { ...TO, override: 'x', [input]: reason };
    const { page, report, annotations } = await run(address, given, asActor('ann'));
    const [moved] = await historyOf(address, 'live');
    const told = JSON.stringify([page, report, annotations, moved?.record]);
    expect(told).toContain('@files.example is gone');
    expect(told).not.toContain('hunter2');
  });

  test.each([
    ['of 10 kB', 'x'.repeat(10_240), /must be at most 300 characters, not 10240/],
    ['of two lines', 'one\ntwo', /must be one line of text/],
    ['that ends the line otherwise', 'one\u2028two', /must be one line of text/],
    ['with an escape sequence', '\u001b[31mred', /control character \(U\+001B\)/],
    ['that turns round what follows', 'a\u202eb', /without control or invisible characters/],
    ['with a character that is none', 'a\ud800b', /must be one line of text/],
  ])('%s is refused', async (_, reason, says) => {
    const running = run('', { ...TO, [input]: reason }, { openRegistry: noRegistry });
    await expect(running).rejects.toThrow(says);
  });

  test('of 300 characters is taken, however wide they are', async () => {
    const address = await registered([0.5], POLICY);
    const given = { ...TO, override: 'x', [input]: '𝛼'.repeat(300) };
    const { outputs } = await run(address, given, asActor('ann'));
    expect(outputs.outcome).toBe('promoted');
  });
});

describe('hostile values', () => {
  const HOSTILE = ['"; id; "', '$(id)', EXPRESSION, '../../etc', '<img src=x>', '`id`', '%0A'];

  test.each(HOSTILE)('%j is no version, no environment and no expectation', async (value) => {
    const address = await registered([0.9], POLICY);
    const before = await stands(address);
    for (const given of [{ version: value }, { environment: value }, { expect: value }]) {
      const problems = await problemsOf(run(address, { ...TO, ...given }));
      expect(problems).toMatch(/^input: /);
    }
    expect(await stands(address)).toEqual(before);
    expect(await historyOf(address, 'live')).toEqual([]);
  });

  test.each(HOSTILE)('%j is no stage and no alias', async (value) => {
    const running = run('', { stage: value }, { openRegistry: noRegistry });
    await expect(running).rejects.toThrow('must be Staging or Production');
    await registered([], 'none');
    const problems = await problemsOf(run('', { alias: value }, { openRegistry: noRegistry }));
    expect(problems).toMatch(/^input: ".*" must be letters, digits/);
  });

  test('an actor may be called anything', async () => {
    const address = await registered([0.9], POLICY);
    const actor = `${MARKDOWN}\n\u001b[31m`;
    expect((await run(address, TO, asActor(actor))).outputs.outcome).toBe('promoted');
    const [moved] = await historyOf(address, 'live');
    expect(moved?.record).toMatchObject({ who: { actor } });
    expect((await run(address, TO)).outputs.outcome).toBe('unchanged');
  });
});
