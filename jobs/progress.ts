import type { WriteStream } from 'node:tty';

export interface Progress {
  show(doing: string, share: number | null): void;
  /** A line that stays. */
  line(text: string): void;
  end(): void;
}

/** Progress on one line of a terminal; quiet where `stream` is null or no terminal. */
export function terminalProgress(
  stream: (NodeJS.WriteStream & { fd: number }) | WriteStream | null,
): Progress {
  const tty = stream?.isTTY ? stream : null;
  const clear = () => tty?.write('\r\x1b[2K');
  return {
    show(doing, share) {
      if (!tty) return;
      const percent = share === null ? '' : `${Math.round(share * 100)} % `;
      clear();
      tty.write(`${percent}${doing}`.slice(0, (tty.columns ?? 80) - 1));
    },
    line(text) {
      clear();
      stream?.write(`${text}\n`);
    },
    end: () => void clear(),
  };
}
