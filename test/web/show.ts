import { cleanup, render } from '@testing-library/svelte';
import type { Component } from 'svelte';
import { onTestFinished, vi } from 'vitest';
import { readCollection } from '../../web/state/collection.svelte.ts';
import { followAddress } from '../../web/state/route.svelte.ts';
import { aCollection } from './answers.ts';

/** What the server answers, by the end of the path; a function gets the whole address. */
export type Answering = Record<string, unknown>;

export interface Refusal {
  refused: number;
  code: string;
  message: string;
}

export const refusal = (refused: number, code: string, message: string): Refusal => ({
  refused,
  code,
  message,
});

const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === 'object' && answer !== null && 'refused' in answer;

/** Never answers: what is on screen stays what it is while loading. */
export const FOREVER = Symbol('forever');

/** Stands in for the server; returns the addresses that were asked, with what was sent. */
export function serverAnswers(answering: Answering): { address: string; body: unknown }[] {
  const asked: { address: string; body: unknown }[] = [];
  const all: Answering = {
    '/collection': aCollection(),
    '/annotations': { annotations: [] },
    ...answering,
  };
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const url = new URL(input, 'http://localhost');
    asked.push({
      address: url.pathname + url.search,
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : init?.body,
    });
    const path = url.pathname.replace('/api/v1', '');
    const found = all[`${init?.method ?? 'GET'} ${path}`] ?? all[path];
    const answer = typeof found === 'function' ? found(url) : found;
    if (answer === FOREVER) return new Promise(() => undefined);
    if (isRefusal(answer)) {
      const { code, message, refused } = answer;
      return Response.json({ error: { code, message } }, { status: refused });
    }
    if (answer === undefined) throw new Error(`No answer for ${path}`);
    return Response.json(answer);
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  return asked;
}

/** Shows a page at an address, with the answers of the server; what was collected is known before. */
export async function show<Props extends Record<string, unknown>>(
  page: Component<Props>,
  { at = '/', answers, props = {} as Props }: { at?: string; answers: Answering; props?: Props },
) {
  const asked = serverAnswers(answers);
  history.replaceState(null, '', at);
  const stop = followAddress();
  onTestFinished(() => {
    cleanup();
    stop();
    history.replaceState(null, '', '/');
  });
  await readCollection();
  return { ...render(page, { props } as never), asked };
}

/** The text on screen, blanks of all widths as one space. */
export const textOf = (element: Element = document.body) =>
  (element.textContent ?? '').replace(/\s+/g, ' ').trim();
