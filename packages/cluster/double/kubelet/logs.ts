import type { Pod } from '../workloads.ts';

/** What a container of a pod wrote; nothing leaves it to what was said before. */
export type LogSource = (pod: Pod, container: string) => string | undefined;

export class Logs {
  readonly #sources: LogSource[] = [];

  /** The latest that knows something is heard. */
  add(source: LogSource): void {
    this.#sources.unshift(source);
  }

  of(pod: Pod, container: string): string {
    for (const source of this.#sources) {
      const text = source(pod, container);
      if (text !== undefined) return text;
    }
    return `starting ${container}\nlistening\n`;
  }
}
