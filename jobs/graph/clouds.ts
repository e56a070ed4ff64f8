/** The Microsoft clouds that have Graph; GCC (not High) is part of `global`. */
export type GraphCloud = 'global' | 'usgov' | 'usgov-dod' | 'china';

interface CloudAddresses {
  /** Origin of Microsoft Graph. */
  graph: string;
  /** Authority that issues its tokens. */
  login: string;
  /** Where people are managed. Source: Microsoft Learn, "National clouds", app registration endpoints. */
  adminCentre: string;
}

const CLOUDS: Record<GraphCloud, CloudAddresses> = {
  global: {
    graph: 'https://graph.microsoft.com',
    login: 'https://login.microsoftonline.com',
    adminCentre: 'https://entra.microsoft.com',
  },
  usgov: {
    graph: 'https://graph.microsoft.us',
    login: 'https://login.microsoftonline.us',
    adminCentre: 'https://portal.azure.us',
  },
  'usgov-dod': {
    graph: 'https://dod-graph.microsoft.us',
    login: 'https://login.microsoftonline.us',
    adminCentre: 'https://portal.azure.us',
  },
  china: {
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    login: 'https://login.chinacloudapi.cn',
    adminCentre: 'https://portal.azure.cn',
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

/** Origin of the admin centre of a cloud. */
export function adminCentre(cloud: GraphCloud): string {
  return CLOUDS[cloud].adminCentre;
}
