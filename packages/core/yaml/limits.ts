/** Apart from the reader, which is slow to start. */
export const MOST_YAML_BYTES = 1024 * 1024;
