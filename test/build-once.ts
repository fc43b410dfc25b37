import { build } from '../scripts/build.ts';

/** The tests of built bundles run what the release would ship. */
export async function setup(): Promise<void> {
  await build();
}
