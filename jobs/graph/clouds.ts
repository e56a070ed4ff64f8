/** The Microsoft clouds that have Graph; GCC (not High) is part of `global`. */
export type GraphCloud = 'global' | 'usgov' | 'usgov-dod' | 'china';

interface CloudAddresses {
  /** Origin of Microsoft Graph. */
  graph: string;
  /** Authority that issues its tokens. */
  login: string;
}

const CLOUDS: Record<GraphCloud, CloudAddresses> = {
  global: { graph: 'https://graph.microsoft.com', login: 'https://login.microsoftonline.com' },
  usgov: { graph: 'https://graph.microsoft.us', login: 'https://login.microsoftonline.us' },
  'usgov-dod': {
    graph: 'https://dod-graph.microsoft.us',
    login: 'https://login.microsoftonline.us',
  },
  china: {
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    login: 'https://login.chinacloudapi.cn',
  },
};

export const GRAPH_CLOUDS = Object.keys(CLOUDS) as GraphCloud[];

/** Origin of Microsoft Graph in a cloud, without a slash at its end. */
export function graphOrigin(cloud: GraphCloud): string {
  return CLOUDS[cloud].graph;
}

/** Where tokens for a cloud are asked for. */
export function loginAuthority(cloud: GraphCloud): string {
  return CLOUDS[cloud].login;
}

/** The scope of an app-only token: all application permissions the app registration was granted. */
export function graphScope(cloud: GraphCloud): string {
  return `${CLOUDS[cloud].graph}/.default`;
}
