/** `2026-11-28 15:04 UTC`, of milliseconds by the server's clock. */
export const momentText = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
