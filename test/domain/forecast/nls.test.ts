import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VECTOR_KINDS } from '../../../bench/vector-kinds.ts';
import { checkFile } from '../../../bench/vectors/check-file.ts';
import { nls } from '../../../domain/forecast/nls.ts';

const VECTORS = new URL('../../vectors', import.meta.url).pathname;

/** NIST StRD Misra1a and Rat43, certified to 11 digits. */
const MISRA1A = {
  x: [77.6, 114.9, 141.1, 190.8, 239.9, 289, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760],
  y: [
    10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78,
  ],
};
const RAT43 = {
  x: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  y: [
    16.08, 33.83, 65.8, 97.2, 191.55, 326.2, 386.87, 520.53, 590.03, 651.92, 724.93, 699.56, 689.96,
    637.56, 717.41,
  ],
};

describe('a curve fitted by least squares', () => {
  test.each(['nls-asymp-loblolly301', 'nls-logistic-nist-rat42'])('is the one of R: %s', (name) => {
    expect(checkFile(join(VECTORS, `${name}.json`), VECTOR_KINDS)).toMatchObject({
      verdict: 'pass',
      why: null,
    });
  });

  test('reaches the values that NIST certifies, without being told where to begin', () => {
    const growth = nls({ model: 'b1*(1-exp(-b2*x))', parameters: ['b1', 'b2'], ...MISRA1A });
    const richards = nls({
      model: 'b1/((1+exp(b2-b3*x))^(1/b4))',
      parameters: ['b1', 'b2', 'b3', 'b4'],
      ...RAT43,
    });

    expect(growth.coef[0]).toBeCloseTo(238.94212918, 5);
    expect(growth.coef[1]).toBeCloseTo(5.501564318e-4, 11);
    expect(growth.se[0]).toBeCloseTo(2.7070075241, 5);
    expect(richards.coef[0]).toBeCloseTo(699.6415127, 3);
    expect(richards.coef[3]).toBeCloseTo(1.2792483859, 5);
    expect(richards.rss).toBeCloseTo(8786.404908, 4);
  });

  test('takes the form as R writes it, whatever x is called', () => {
    const parameters = ['Asym', 'xmid', 'scal'];
    const written = nls({ model: 'Asym/(1+exp((xmid-input)/scal))', parameters, ...RAT43 });
    const named = nls({ model: 'y ~ SSlogis(Time, Asym, xmid, scal)', parameters, ...RAT43 });

    expect(named.coef).toEqual(written.coef);
  });

  test('refuses what it cannot read, in a sentence', () => {
    const fitting = (model: string) => () =>
      nls({ model, parameters: ['a'], x: [1, 2], y: [1, 2] });

    expect(fitting('a*fetch(x)')).toThrow('The formula uses fetch, which is not known');
    expect(fitting('a*constructor(x)')).toThrow('not known');
    expect(fitting('a*(x')).toThrow(') is missing');
    expect(fitting('a*x)')).toThrow('Unexpected )');
    expect(fitting('a;x')).toThrow('Cannot read the formula a;x at character 2');
    expect(fitting('')).toThrow('ends too early');
    expect(fitting(`${'('.repeat(500)}a`)).toThrow('nested too deeply');
    expect(() => nls({ model: 'a*x', parameters: ['a'], x: [], y: [] })).toThrow('too few points');
  });
});
