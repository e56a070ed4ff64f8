import { writeFileSync } from 'node:fs';
import { contractShapes } from './contract-shapes.ts';

// Run after a contract of an answer has changed: `npx node web/api/write-shapes.ts && npm run fix`.
writeFileSync(
  new URL('./shapes.json', import.meta.url),
  `${JSON.stringify(contractShapes(), null, 2)}\n`,
);
