import { z } from 'zod';
import { CollectionResponse, SetAsideResponse } from '../../server/contract/collection.ts';
import { PeopleResponse, PersonResponse } from '../../server/contract/people.ts';
import {
  CoverageResponse,
  ReconciliationResponse,
  RegistrationByResponse,
  RegistrationMethodsResponse,
} from '../../server/contract/registration.ts';
import { ResetsSummaryResponse, ResetsTrendResponse } from '../../server/contract/resets.ts';
import { SessionResponse } from '../../server/contract/session.ts';
import { SettingsResponse } from '../../server/contract/settings.ts';
import { FailuresResponse } from '../../server/contract/verification.ts';
import type { Shape } from './shape.ts';

const CONTRACTS = {
  CollectionResponse,
  CoverageResponse,
  FailuresResponse,
  PeopleResponse,
  PersonResponse,
  ReconciliationResponse,
  RegistrationByResponse,
  RegistrationMethodsResponse,
  ResetsSummaryResponse,
  ResetsTrendResponse,
  SessionResponse,
  SetAsideResponse,
  SettingsResponse,
};

/** What every answer is, by the name of its contract. */
export type Answers = { [Name in keyof typeof CONTRACTS]: z.output<(typeof CONTRACTS)[Name]> };

/**
 * The contracts of all answers as shapes. Runs in Node only: the page carries the result (`shapes.json`), because
 * Zod itself would be a quarter of all JavaScript it loads.
 */
export function contractShapes(): Record<string, Shape> {
  return Object.fromEntries(
    Object.entries(CONTRACTS).map(([name, contract]) => {
      const schema = z.toJSONSchema(contract, { io: 'input' });
      return [name, plain(schema, schema.$defs ?? {})];
    }),
  );
}

const KEPT = ['type', 'required', 'enum', 'pattern', 'minimum', 'maximum'] as const;

/** A JSON Schema without its references and without what only people read. */
function plain(
  schema: z.core.JSONSchema._JSONSchema,
  defs: z.core.JSONSchema.JSONSchema['$defs'],
): Shape {
  if (typeof schema === 'boolean') return {};
  const name = schema.$ref?.replace('#/$defs/', '');
  if (name) return plain(defs?.[name] ?? {}, defs);
  if (Array.isArray(schema.type)) {
    const types = schema.type as string[];
    return { anyOf: types.map((type) => plain({ ...schema, type } as typeof schema, defs)) };
  }
  const shape: Record<string, unknown> = {};
  for (const key of KEPT) if (schema[key] !== undefined) shape[key] = schema[key];
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete shape.maximum;
  if (schema.anyOf) shape.anyOf = schema.anyOf.map((one) => plain(one, defs));
  if (schema.items && !Array.isArray(schema.items)) shape.items = plain(schema.items, defs);
  if (typeof schema.additionalProperties === 'object') {
    shape.additionalProperties = plain(schema.additionalProperties, defs);
  }
  if (schema.properties) {
    shape.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([field, one]) => [field, plain(one, defs)]),
    );
  }
  return shape;
}
