import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Files } from '@passmuster/core/files.ts';
import type { DigestedFile } from '@passmuster/core/manifest/entry.ts';
import type { Facts } from '@passmuster/core/versions/facts.ts';

const CONFIG = 'config.json';
const MOST_BYTES = 1024 * 1024;
/** What configures a model beside its weights, as the usual libraries name it. */
const CONFIGURES = /(^|\/)(\w+_)?config\.(json|ya?ml)$/;
const LONGEST_NAME = 200;

const nameIn = (value: unknown): string | undefined => {
  const name = Array.isArray(value) ? value[0] : value;
  return typeof name === 'string' && name.length <= LONGEST_NAME ? name : undefined;
};

/** What training makes, as the usual frameworks name it. */
const WEIGHTS =
  /\.(safetensors|gguf|bin|pt|pth|ckpt|onnx|pkl|joblib|h5|hdf5|keras|tflite|pb|npz|npy|msgpack|ubj|cbm|model)$/i;

function digestOver(files: readonly DigestedFile[]): string {
  const hash = createHash('sha256');
  for (const { path, sha256 } of files) hash.update(`${sha256} ${path}\n`);
  return `sha256:${hash.digest('hex')}`;
}

/** What the model's own configuration calls it; nothing when it does not say. */
async function architectureIn(folder: string, files: Files): Promise<string | undefined> {
  const bytes = await files.read(posix.join(folder, CONFIG), MOST_BYTES);
  try {
    const config: unknown = JSON.parse(Buffer.from(bytes ?? []).toString());
    if (typeof config !== 'object' || config === null) return undefined;
    const { architectures, model_type: type } = config as Record<string, unknown>;
    return nameIn(architectures) ?? nameIn(type);
  } catch {
    return undefined;
  }
}

/** How the files say that the model is built, configured and trained. */
export async function configurationOf(
  folder: string,
  listed: readonly DigestedFile[],
  files: Files,
): Promise<Pick<Facts, 'architecture' | 'configuration' | 'training'>> {
  const configuring = listed.filter(({ path }) => CONFIGURES.test(path));
  const weights = listed.filter(({ path }) => WEIGHTS.test(path));
  const named = configuring.some(({ path, size }) => path === CONFIG && size <= MOST_BYTES);
  const architecture = named ? await architectureIn(folder, files) : undefined;
  return {
    ...(architecture !== undefined && { architecture }),
    ...(configuring.length > 0 && { configuration: digestOver(configuring) }),
    ...(weights.length > 0 && { training: digestOver(weights) }),
  };
}
