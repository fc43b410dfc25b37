import { InputError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import { DIFFERENCES } from './differences.ts';
import { expectFailure, freshRun, type Subject } from './opened.ts';

const INVALID = { reason: 'refused', code: 'INVALID_PARAMETER_VALUE' } as const;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export function artifactContract(subject: Subject): void {
  const folder = async (): Promise<string> => {
    const { run } = await freshRun(subject());
    return (await subject().registry.run(run))?.artifactUri ?? '';
  };

  test.each(['manifest.json', 'a/b/c.txt', 'with space', 'per%20cent', 'a+b&c=d', '1?x', 'ü.bin'])(
    '%j is written, replaced and read',
    async (name) => {
      const { registry } = subject();
      const uri = `${await folder()}/${name}`;
      for (const content of [bytes('one'), bytes('"two" ü'), Uint8Array.of(0, 255, 10, 13)]) {
        await registry.writeArtifact(uri, content);
        const found = await registry.readArtifact(uri, 100);
        expect(found && [...found]).toEqual([...content]);
      }
    },
  );

  test('what is not there is undefined, in a folder that is and in one that is not', async () => {
    const { registry } = subject();
    const root = await folder();
    await registry.writeArtifact(`${root}/a/b`, bytes('x'));
    expect(await registry.readArtifact(`${root}/a/c`, 100)).toBeUndefined();
    expect(await registry.readArtifact(`${root}/c`, 100)).toBeUndefined();
    expect(await registry.readArtifact(`${root}/x/y/z`, 100)).toBeUndefined();
  });

  test('no more is read than allowed', async () => {
    const { registry } = subject();
    const uri = `${await folder()}/large`;
    await registry.writeArtifact(uri, new Uint8Array(100_000));
    expect(await registry.readArtifact(uri, 100_000)).toHaveLength(100_000);
    await expectFailure(registry.readArtifact(uri, 99_999), { reason: 'unanswered' });
  });

  test.each([
    's3://bucket/x',
    'mlflow-artifacts://host/1/x',
    'mlflow-artifacts:///etc/passwd',
    'mlflow-artifacts:/1/../x',
    'mlflow-artifacts:/1/./x',
    'mlflow-artifacts:/1//x',
    'mlflow-artifacts:/1/x/',
    'mlflow-artifacts:/1\\x',
    'mlflow-artifacts:/1/x\n',
    'mlflow-artifacts:/',
  ])('%j is refused before it is sent', async (uri) => {
    const { registry } = subject();
    await expect(registry.readArtifact(uri, 100)).rejects.toThrow(InputError);
    await expect(registry.writeArtifact(uri, bytes('x'))).rejects.toThrow(InputError);
  });

  test('an escape of the way up is refused', async () => {
    const { registry } = subject();
    const uri = 'mlflow-artifacts:/%2e%2e/%2e%2e/etc/passwd';
    await expectFailure(registry.writeArtifact(uri, bytes('x')), INVALID);
  });

  test('a hash in the name', async () => {
    const { registry, server } = subject();
    const uri = `${await folder()}/a#b`;
    const asked = registry.writeArtifact(uri, bytes('x'));
    if (DIFFERENCES.takesHashInFileName.is[server]) {
      await asked;
      expect(await registry.readArtifact(uri, 9)).toHaveLength(1);
    } else await expectFailure(asked, INVALID);
  });
}
