declare module 'undici/lib/dispatcher/pool.js' {
  const pool: typeof import('undici').Pool;
  export = pool;
}

declare module 'undici/lib/dispatcher/proxy-agent.js' {
  const proxyAgent: typeof import('undici').ProxyAgent;
  export = proxyAgent;
}

declare module 'undici/lib/api/api-connect.js' {
  const connect: import('undici').Dispatcher['connect'];
  export = connect;
}
