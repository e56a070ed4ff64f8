import { z } from 'zod';

/** `GET /api/v1/settings`: every setting with its meaning, default and value. */
export const SettingsResponse = z.object({
  settings: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      meaning: z.string(),
      kind: z.enum(['time_zone', 'integer', 'boolean', 'date', 'schedule', 'list']),
      /** Where the value comes from: who says so, and when, or why nobody does. */
      source: z.string().optional(),
      /** As text, as the form shows it; lists one entry a line; empty: not set. */
      value: z.string(),
      default: z.string(),
      /** Bounds of an integer, in `unit`. */
      min: z.number().optional(),
      max: z.number().optional(),
      unit: z.string().optional(),
    }),
  ),
});
export type SettingsResponse = z.output<typeof SettingsResponse>;

const SettingText = z
  .string()
  .max(10_000)
  .refine((text) => !text.includes('\0'), { error: 'must not hold a zero byte' });

/** `PUT /api/v1/settings`: the settings to change, by name; an empty text puts the default back. */
export const SettingsChange = z.strictObject({
  settings: z.record(z.string().max(100), SettingText),
});
export type SettingsChange = z.output<typeof SettingsChange>;
