import { InputError } from '@passmuster/core/errors.ts';
import { describe, expect, test } from 'vitest';
import { hintsOf, refusal, type Start, signal } from './contract-bench.ts';

/** Runs of workflows. */
export function runsContract(start: Start): void {
  describe('a run', () => {
    test.each([
      ['1', 'finished'],
      ['2', 'running'],
      ['3', 'running'],
      ['4', 'running'],
      ['5', 'unknown'],
    ])('attempt %s is %s', async (attempt, state) => {
      const { stateOf, asked } = await start();
      expect(await stateOf({ attempt })).toBe(state);
      expect(asked).toHaveLength(1);
    });

    test.each([{ id: '1' }, { repository: 'octo-org/hidden' }, { repository: 'octo-org/nowhere' }])(
      'that GitHub does not tell us of is unknown: %j',
      async (run) => {
        const { stateOf } = await start();
        expect(await stateOf(run)).toBe('unknown');
      },
    );

    test('without `actions: read` is unknown', async () => {
      const { stateOf } = await start({ permissions: ['contents'] });
      expect(await stateOf({})).toBe('unknown');
    });

    test.each([
      { server: 'https://github.com' },
      { repository: '../../user' },
      { id: '1/../2' },
      { attempt: '' },
    ])('that is none of this server’s is unknown, and is not asked for: %j', async (run) => {
      const { stateOf, asked } = await start();
      expect(await stateOf(run)).toBe('unknown');
      expect(asked).toEqual([]);
    });
  });

  describe('the answers of people to a run', () => {
    const reviewed = { repository: 'octo-org/reviewed' };
    const notBefore = Date.parse('2026-02-20T08:00:00Z');

    test('are those that were given', async () => {
      const { forge, run, asked } = await start();
      expect(await forge.environmentAnswers({ ...run, ...reviewed, id: '5' }, signal)).toEqual([
        {
          ...{ by: 'bob', isPerson: true, approved: true, notBefore },
          environments: ['Production', 'staging'],
        },
        { by: 'carol', isPerson: true, approved: false, notBefore, environments: ['Production'] },
        { by: 'gate[bot]', isPerson: false, approved: true, notBefore, environments: [] },
      ]);
      expect(asked).toHaveLength(2);
    });

    test('may be none', async () => {
      const { forge, run, asked } = await start();
      const answers = await forge.environmentAnswers({ ...run, ...reviewed, id: '6' }, signal);
      expect(answers).toEqual([]);
      expect(asked).toHaveLength(1);
    });

    test('need `actions: read`', async () => {
      const { forge, run } = await start({ permissions: ['contents'] });
      const work = forge.environmentAnswers({ ...run, ...reviewed, id: '5' }, signal);
      expect(hintsOf(await refusal(work))).toContain('`actions: read`');
    });

    test.each([{ server: 'https://github.com' }, { repository: '../../user' }, { id: '1/../2' }])(
      'are not asked for where the run is none of this server’s: %j',
      async (change) => {
        const { forge, run, asked } = await start();
        const work = forge.environmentAnswers({ ...run, ...change }, signal);
        expect(await refusal(work)).toBeInstanceOf(InputError);
        expect(asked).toEqual([]);
      },
    );
  });
}
