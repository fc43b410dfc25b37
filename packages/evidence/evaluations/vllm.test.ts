import { expect, test } from 'vitest';
import { one, readValue, unusable, values } from './reading.fixture.ts';
import { VLLM } from './samples.fixture.ts';

test('values are read with the load they were measured under', async () => {
  const reading = await readValue(VLLM);
  expect(values(reading)).toEqual({
    num_prompts: 200,
    completed: 198,
    failed: 2,
    request_throughput: 14.2,
    mean_ttft_ms: 41.5,
    p99_itl_ms: 80.25,
  });
  expect(one(reading, 'mean_ttft_ms')).toMatchObject({
    samples: 198,
    conditions: { task: 'num_prompts=200 request_rate=inf', tool: 'openai-chat' },
  });
  expect(one(reading, 'p99_itl_ms')).not.toHaveProperty('samples');
});

test('the rate is a condition, whether a text or a number; lists are no metrics', async () => {
  const reading = await readValue({ ...VLLM, request_rate: 4, max_concurrency: 8 });
  expect(one(reading, 'failed').conditions.task).toBe(
    'num_prompts=200 request_rate=4 max_concurrency=8',
  );
  expect(values(reading)).not.toHaveProperty('request_rate');
  expect(unusable(reading)).toMatchObject({ ttfts: 'a list', model_id: 'the text "gpt-custom"' });
});

test.each([
  [2, ['Requests that failed (2) are in no latency and no throughput.']],
  [0, ['']],
])('%d failed requests', async (failed, [remark]) => {
  expect((await readValue({ ...VLLM, failed })).remarks.join()).toBe(remark);
});
