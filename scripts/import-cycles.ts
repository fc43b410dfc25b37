export interface Edge {
  readonly to: string;
  readonly line: number;
}

/** A circle of files that import each other, told at the import that closes it. */
export interface Cycle {
  readonly file: string;
  readonly line: number;
  /** From the file that is imported around to it again. */
  readonly files: readonly string[];
}

export function cyclesIn(graph: ReadonlyMap<string, readonly Edge[]>): readonly Cycle[] {
  const cycles: Cycle[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    path.push(file);
    for (const { to, line } of graph.get(file) ?? []) {
      const start = path.indexOf(to);
      if (start >= 0) cycles.push({ file, line, files: [...path.slice(start), to] });
      else if (!done.has(to)) visit(to);
    }
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) if (!done.has(file)) visit(file);
  return cycles;
}
