/** Calls HTTP services for workflows (xmltask.md §7), as far as the administrator lets it. */
export interface RestClient {
  /** Rejects with `RestFailure` when there is no answer: not allowed, unreachable, too late, too large. */
  call(request: RestRequest): Promise<RestAnswer>;
}

export interface RestRequest {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers: readonly { name: string; value: string }[];
  body: string | null;
  /** Basic authentication; empty user = none. */
  user: string;
  password: string;
  /** The header as it is; empty = none. */
  authorization: string;
  oauth: OAuthOrder | null;
  /** Of the whole call. */
  timeoutMs: number;
}

export interface OAuthOrder {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  grant: 'client_credentials' | 'password' | 'refresh_token';
  refreshToken: string;
}

export interface RestAnswer {
  status: number;
  text: string;
}
