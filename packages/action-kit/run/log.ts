/** Where a run prints what is for people to read. */
export interface Log {
  print(text: string): void;
  debug(text: string): void;
  open(group: string): void;
  close(): void;
}
