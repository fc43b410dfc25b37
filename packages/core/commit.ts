const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** In full, as Git names it. */
export const isCommit = (text: string): boolean => COMMIT.test(text);
