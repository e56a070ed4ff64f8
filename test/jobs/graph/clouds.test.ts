import { expect, test } from 'vitest';
import { adminCentre, GRAPH_CLOUDS } from '../../../jobs/graph/clouds.ts';

test('people of each cloud are managed in its own admin centre', () => {
  expect(GRAPH_CLOUDS.map((cloud) => [cloud, adminCentre(cloud)])).toEqual([
    ['global', 'https://entra.microsoft.com'],
    ['usgov', 'https://portal.azure.us'],
    ['usgov-dod', 'https://portal.azure.us'],
    ['china', 'https://portal.azure.cn'],
  ]);
});
