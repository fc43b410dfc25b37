/** Files that are no JSON, with invented numbers, written after the shapes that the tools document. */
export const MODEL_CARD = `---
license: apache-2.0
model-index:
  - name: gpt-custom
    results:
      - task: { type: text-classification }
        dataset: { type: glue, config: sst2, name: GLUE, split: validation, revision: abc123 }
        metrics:
          - { type: accuracy, value: 0.93, name: Accuracy }
          - { type: f1, value: "93.1" }
      - dataset: { type: imdb, name: IMDB, split: test }
        metrics: [{ type: accuracy, value: 91.5 }]
      - dataset: { type: imdb, name: IMDB, split: train }
        metrics: [{ type: accuracy, value: 99.5 }]
---
# gpt-custom

| accuracy | 0.99 |
`;

export const EVAL_RESULTS = `- dataset:
    id: Idavidrein/gpqa
    task_id: diamond
    revision: abc
  value: 0.42
- dataset:
    id: cais/hle
  value: "high"
`;

export const JUNIT = `<?xml version="1.0" encoding="utf-8"?>
<testsuites tests="5" failures="1" errors="1" skipped="1" time="1.5">
  <testsuite name="outer" tests="5" failures="1" errors="1" skipped="1">
    <testsuite name="inner" tests="2" failures="1">
      <testcase classname="a" name="one" time="0.1"/>
      <testcase classname="a" name="a &lt; b"><failure message="&#x41; > B"><![CDATA[ <b> ]]></failure></testcase>
    </testsuite>
    <testcase name="three"><error message='died'/><system-out>x</system-out></testcase>
    <!-- <testcase name="not one"/> -->
    <testcase name="four"><skipped/></testcase>
    <testcase name="five"></testcase>
  </testsuite>
</testsuites>
`;

export const CSV = `,question,faithfulness,answer_relevancy
0,"Who, then?",0.5,1
1,"""Why""
so?",nan,0.5
2,When?,1.0,0.75
`;

export const JSONL = `{"question": "Who?", "faithfulness": 0.5, "scores": {"tone": 1}}
{"question": "Why?", "faithfulness": NaN, "scores": {"tone": 0}}

{"question": "When?", "faithfulness": 1.0, "scores": {"tone": 1}, "contexts": [1, 2]}
`;

export const NESTED_YAML = `accuracy: 0.9
loss:
  train: .nan
  test: 1.5e-3
  worst: .inf
`;
