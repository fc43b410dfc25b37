/** What proves to the server who asks. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  /** PEM. */
  readonly cert?: string;
  readonly key?: string;
  /** What may stand in no message. */
  readonly secrets: readonly string[];
}

/** How one server is reached. */
export interface Access {
  /** Without a slash at its end, and without credentials. */
  readonly address: string;
  /** PEM of whom to trust, in place of the authorities that Node knows. */
  readonly ca?: string;
  /** The name that its certificate is for, where that is not its host. */
  readonly serverName?: string;
  /** In place of what the variables say. */
  readonly proxyUrl?: string;
  /** Goes on from "Sent was": `the token of the user "ci" in ~/.kube/config`. */
  readonly login: string;
  credentials(): Promise<Credentials>;
  /** Those that were given are refused: whether there may be others now. */
  renew(): boolean;
}

export const NO_CREDENTIALS: Credentials = { headers: {}, secrets: [] };

export const bearer = (token: string): Credentials => ({
  headers: { authorization: `Bearer ${token}` },
  secrets: [token],
});
