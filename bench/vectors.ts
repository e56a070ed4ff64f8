import { VECTOR_KINDS } from './vector-kinds.ts';
import { checkFolder, NoFolder } from './vectors/check-folder.ts';

const USAGE = 'Say which folder holds the reference files: npm run vectors -- DIR';

const write = (line: string) => void process.stdout.write(`${line}\n`);

try {
  const [directory, ...rest] = process.argv.slice(2);
  if (directory === undefined || rest.length > 0) throw new NoFolder(USAGE);
  process.exitCode = checkFolder({ directory, kinds: VECTOR_KINDS, write }) ? 0 : 1;
} catch (error) {
  if (!(error instanceof NoFolder)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
