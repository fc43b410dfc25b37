import { type Asked, type DoubleAnswer, json, NOT_FOUND } from './github-answer.ts';
import { runBody } from './github-bodies.ts';
import { answerBody } from './github-people-bodies.ts';

export function attempt({ at, name, repository, rest }: Asked): DoubleAnswer {
  const [id, , number] = rest.split('/');
  const found = repository.runs.find((one) => one.id === id && one.attempt === number);
  return found ? json(200, runBody(at, name, found)) : NOT_FOUND;
}

/** Its newest attempt. */
export function run({ at, name, repository, rest: id }: Asked): DoubleAnswer {
  const found = repository.runs.findLast((one) => one.id === id);
  return found ? json(200, runBody(at, name, found)) : NOT_FOUND;
}

/** Of all its attempts. */
export function answersTo({ at, name, repository, rest: id }: Asked): DoubleAnswer {
  const attempts = repository.runs.filter((one) => one.id === id);
  if (attempts.length === 0) return NOT_FOUND;
  const answers = attempts.flatMap((one) => one.answers ?? []);
  return json(
    200,
    answers.map((one) => answerBody(at, name, one)),
  );
}
