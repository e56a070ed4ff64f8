import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A server in a process of its own. */
export interface ServerProcess {
  port: number;
  /** Asks the server process for something, and waits for its answer. */
  tell(message: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts `http/<name>.ts` with `given`; its first message is the port it listens on. */
export async function startServer(name: string, given: unknown): Promise<ServerProcess> {
  const child: ChildProcess = fork(new URL(`./${name}.ts`, import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const tell = async (message: unknown) => {
    child.send(message as object);
    const [answer] = await Promise.race([once(child, 'message'), ended(child)]);
    return answer as unknown;
  };
  const port = (await tell(given)) as number;
  return {
    port,
    tell,
    async stop() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

async function ended(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`A server of the bench ended with ${code}`);
}
