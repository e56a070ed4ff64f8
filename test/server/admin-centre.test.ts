import { expect, test } from 'vitest';
import { adminCentre } from '../../server/admin-centre.ts';

test.each([
  ['https://graph.microsoft.com', 'https://entra.microsoft.com'],
  ['https://graph.microsoft.us', 'https://portal.azure.us'],
  ['https://dod-graph.microsoft.us', 'https://portal.azure.us'],
  ['https://microsoftgraph.chinacloudapi.cn', 'https://portal.azure.cn'],
  ['http://127.0.0.1:4321', 'https://entra.microsoft.com'],
])('people read from %s are managed at %s', (graph, portal) => {
  expect(adminCentre(graph)).toBe(portal);
});
