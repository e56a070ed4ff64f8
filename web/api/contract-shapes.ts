import { z } from 'zod';
import {
  AlertExclusionsResponse,
  AlertResponse,
  AlertsResponse,
} from '../../server/contract/alerts.ts';
import { Annotation, AnnotationsResponse } from '../../server/contract/annotations.ts';
import {
  ChannelMade,
  ChannelsResponse,
  DeliveriesResponse,
  Delivery,
} from '../../server/contract/channels.ts';
import { CollectionResponse, SetAsideResponse } from '../../server/contract/collection.ts';
import {
  AssumptionsResponse,
  DeflectionResponse,
  DeflectionTrendResponse,
} from '../../server/contract/deflection.ts';
import {
  Exclusion,
  ExclusionPreview,
  ExclusionsMade,
  ExclusionsResponse,
} from '../../server/contract/exclusions.ts';
import {
  AdminResetsResponse,
  IncidentResponse,
  IncidentsResponse,
} from '../../server/contract/incidents.ts';
import {
  ManagersResponse,
  NoteResponse,
  PeopleResponse,
  PersonResponse,
  PriorityResponse,
} from '../../server/contract/people.ts';
import {
  AtRiskResponse,
  ChangesResponse,
  ControlsResponse,
  CoverageResponse,
  ForecastResponse,
  JoinersResponse,
  MethodsTrendResponse,
  MovesResponse,
  ReconciliationResponse,
  RegistrationByResponse,
  RegistrationMethodsResponse,
} from '../../server/contract/registration.ts';
import {
  FunnelResponse,
  HoursResponse,
  ReasonsResponse,
  ResetForecastResponse,
  ResetMethodsResponse,
  ResetsSummaryResponse,
  ResetsTrendResponse,
  TimesResponse,
  WritebackResponse,
} from '../../server/contract/resets.ts';
import { SessionResponse } from '../../server/contract/session.ts';
import { SettingsResponse } from '../../server/contract/settings.ts';
import { StatementResponse, StatementsResponse } from '../../server/contract/statements.ts';
import { BacktestResponse, SurveillanceResponse } from '../../server/contract/surveillance.ts';
import { TicketsMade, TicketsResponse } from '../../server/contract/tickets.ts';
import { FailureListResponse, FailuresResponse } from '../../server/contract/verification.ts';
import type { Shape } from './shape.ts';

const CONTRACTS = {
  AdminResetsResponse,
  AlertExclusionsResponse,
  AlertResponse,
  AlertsResponse,
  Annotation,
  AnnotationsResponse,
  AssumptionsResponse,
  AtRiskResponse,
  BacktestResponse,
  ChangesResponse,
  ChannelMade,
  ChannelsResponse,
  CollectionResponse,
  ControlsResponse,
  CoverageResponse,
  DeflectionResponse,
  DeflectionTrendResponse,
  DeliveriesResponse,
  Delivery,
  Exclusion,
  ExclusionPreview,
  ExclusionsMade,
  ExclusionsResponse,
  FailureListResponse,
  FailuresResponse,
  ForecastResponse,
  FunnelResponse,
  HoursResponse,
  IncidentResponse,
  IncidentsResponse,
  JoinersResponse,
  ManagersResponse,
  MethodsTrendResponse,
  MovesResponse,
  NoteResponse,
  PeopleResponse,
  PersonResponse,
  PriorityResponse,
  ReasonsResponse,
  ReconciliationResponse,
  RegistrationByResponse,
  RegistrationMethodsResponse,
  ResetForecastResponse,
  ResetMethodsResponse,
  ResetsSummaryResponse,
  ResetsTrendResponse,
  SessionResponse,
  SetAsideResponse,
  SettingsResponse,
  StatementResponse,
  StatementsResponse,
  SurveillanceResponse,
  TicketsMade,
  TicketsResponse,
  TimesResponse,
  WritebackResponse,
};

/** What every answer is, by the name of its contract. */
export type Answers = { [Name in keyof typeof CONTRACTS]: z.output<(typeof CONTRACTS)[Name]> };

/** Answers that the first page on screen needs; the others are fetched when a page first asks for one. */
const OF_FIRST_PAGE = new Set<string>([
  'AnnotationsResponse',
  'CollectionResponse',
  'CoverageResponse',
  'FailuresResponse',
  'PeopleResponse',
  'ResetsSummaryResponse',
  'ResetsTrendResponse',
  'SessionResponse',
  'SetAsideResponse',
] satisfies (keyof Answers)[]);

export const isOfFirstPage = (name: string) => OF_FIRST_PAGE.has(name);

/**
 * The contracts of all answers as shapes. Runs in Node only: the page carries the result (`shapes.json` and, fetched
 * later, `shapes-later.json`), because Zod itself would be a quarter of all JavaScript it loads.
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
  if (schema.const !== undefined) shape.enum = [schema.const];
  const either = schema.anyOf ?? schema.oneOf;
  if (either) shape.anyOf = either.map((one) => plain(one, defs));
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
