import { readFileSync } from 'node:fs';
import { Variables, type VariableTexts } from './variables.ts';

/** Secrets that may also stand in a file, named by the variable with `_FILE` added. */
const SECRETS = [
  'ACCESS_TOKEN',
  'AZURE_CLIENT_SECRET',
  'GRAPH_TOKEN',
  'SECRETS_KEY',
  'SMTP_URL',
] as const;

const NAMES = Object.keys(Variables.shape) as (keyof VariableTexts)[];

/**
 * Our variables out of the environment, secrets read from their files, with what
 * is wrong about the files. An empty variable counts as not set: that is how
 * container files leave one out.
 */
export function variableTexts(environment: NodeJS.ProcessEnv): {
  texts: VariableTexts;
  complaints: string[];
} {
  const texts: VariableTexts = {};
  for (const name of NAMES) {
    const text = environment[name]?.trim();
    if (text) texts[name] = text;
  }
  const complaints = SECRETS.flatMap((name) => readSecretFile(name, environment, texts));
  return { texts, complaints };
}

function readSecretFile(
  name: (typeof SECRETS)[number],
  environment: NodeJS.ProcessEnv,
  texts: VariableTexts,
): string[] {
  const file = environment[`${name}_FILE`]?.trim();
  if (!file) return [];
  if (texts[name]) return [`${name} and ${name}_FILE are both set: keep one.`];
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (text === '') return [`${name}_FILE names an empty file.`];
    texts[name] = text;
    return [];
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    return [`${name}_FILE names a file that cannot be read (${code}).`];
  }
}
