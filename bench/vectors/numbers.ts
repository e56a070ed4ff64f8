import { z } from 'zod';

/** A vector of numbers; R writes one of a single number as a number. */
export const Numbers = z.union([z.array(z.number()), z.number().transform((one) => [one])]);

/** The rows of a matrix. */
export const Rows = z.array(Numbers);
