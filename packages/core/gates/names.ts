import type { MetricName } from './gate.ts';

/** Names in the order in which they come, each once, and always as the same object. */
export class Names {
  readonly #byKey = new Map<string, MetricName>();

  get all(): readonly MetricName[] {
    return [...this.#byKey.values()];
  }

  /** The one name, where it is one. */
  get only(): MetricName | undefined {
    const [first] = this.#byKey.values();
    return this.#byKey.size === 1 ? first : undefined;
  }

  of(name: MetricName): MetricName {
    const key = JSON.stringify([name.metric, name.slice]);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    this.#byKey.set(key, name);
    return name;
  }
}
