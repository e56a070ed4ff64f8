import { writeFileSync } from 'node:fs';
import { contractShapes, isOfFirstPage } from './contract-shapes.ts';

// Run after a contract of an answer has changed: `npx node web/api/write-shapes.ts && npm run fix`.
const shapes = Object.entries(contractShapes());
const write = (file: string, some: typeof shapes) =>
  writeFileSync(
    new URL(file, import.meta.url),
    `${JSON.stringify(Object.fromEntries(some), null, 2)}\n`,
  );

write(
  './shapes.json',
  shapes.filter(([name]) => isOfFirstPage(name)),
);
write(
  './shapes-later.json',
  shapes.filter(([name]) => !isOfFirstPage(name)),
);
