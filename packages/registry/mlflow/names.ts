import { InputError } from '@passmuster/core/errors.ts';
import { quotable } from '@passmuster/core/quote.ts';

const RESERVED = /^(?:latest|v\d+)$/i;
const PLAIN = /^[\w-]{1,255}$/;
const LETTERS = /^[\p{L}\p{N}_-]{1,255}$/u;

/** Refuses, before anything is sent, an alias that MLflow would not set. */
export function checkAlias(alias: string): void {
  const name = `"${quotable(alias)}"`;
  if (RESERVED.test(alias)) {
    throw new InputError([
      {
        message: `${name} cannot be an alias: MLflow keeps \`latest\` and \`v\` with a number for itself.`,
        hint: 'Choose a name that says what the version is for, such as `champion`.',
      },
    ]);
  }
  if (PLAIN.test(alias) || LETTERS.test(alias)) return;
  throw new InputError([
    {
      message: `${name} cannot be an alias: MLflow takes 1 to 255 letters, digits, \`_\` and \`-\`.`,
      hint: 'Take out the other characters, or put `-` in their place.',
    },
  ]);
}

const ARCHIVING: readonly string[] = ['Staging', 'Production'];

/** MLflow answers 500 to this, which looks as if it might have happened. */
export function checkArchiving(stage: string): void {
  if (ARCHIVING.includes(stage)) return;
  throw new InputError([
    {
      message: `Moving a version to the stage ${stage} cannot archive the others there: MLflow archives only in Staging and Production.`,
      hint: 'Move it without archiving, and then the others one by one.',
    },
  ]);
}
