import fc from 'fast-check';

const EVIL = [
  '<img src=x onerror=alert(1)>',
  '![](https://evil.example/p.png)',
  '[x](https://evil.example)',
  'https://evil.example',
  '@acme/admins',
  '\u001b[2J',
  '\n::error::x',
  '##[add-mask]x',
  '| a |\n| --- |',
  '```',
  '`',
  '</code></details>',
  '\u202e\u200b',
];

/** What somebody may write where others read it. */
export const evil = fc
  .array(fc.oneof(fc.constantFrom(...EVIL), fc.string({ unit: 'grapheme', maxLength: 5 })), {
    maxLength: 3,
  })
  .map((parts) => parts.join(' '));

/** Also what is read as a number, now and then. */
export const text = fc.oneof(fc.constantFrom('1', '2', '0', '10'), evil);

export const any = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
