import { expect, test } from 'vitest';
import { readValue, values } from './reading.fixture.ts';
import { TRAINER_STATE } from './samples.fixture.ts';

const row = (step: number) => ({ step, eval_loss: 0.5 });

test('the last evaluation counts, and its step is said', async () => {
  const reading = await readValue(TRAINER_STATE);
  expect(values(reading)).toEqual({ eval_loss: 0.4, eval_accuracy: 0.88 });
  expect(reading.measured[0]?.origin).toMatchObject({ at: '/log_history/1/eval_loss' });
  expect(reading.remarks).toEqual([
    'The values are of the last evaluation, at step 1000; the training went on to step 1500.',
    'The best checkpoint is another one, "out/checkpoint-500": if that is what is shipped, evaluate it.',
  ]);
});

test.each([
  ['out/checkpoint-20', ['The values are of the last evaluation, at step 20.']],
  ['C:\\out\\checkpoint-20\\', ['The values are of the last evaluation, at step 20.']],
  [null, ['The values are of the last evaluation, at step 20.']],
])(
  'with %j as the best checkpoint nothing else is said',
  async (best_model_checkpoint, remarks) => {
    const state = { best_model_checkpoint, global_step: 20, log_history: [row(10), row(20)] };
    expect((await readValue(state)).remarks).toEqual(remarks);
  },
);

test('a training without evaluation has no metrics, also not those of the training', async () => {
  const reading = await readValue({
    global_step: 5,
    log_history: [{ step: 5, loss: 0.1 }, 1, null],
  });
  expect(reading).toMatchObject({ measured: [], unusable: [] });
  expect(reading.remarks.join()).toMatch(/never evaluated/);
});
