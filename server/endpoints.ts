import { z } from 'zod';
import { CollectionResponse, HealthResponse, SetAsideResponse } from './contract/collection.ts';
import {
  PeopleQuery,
  PeopleResponse,
  PersonIdParameter,
  PersonResponse,
} from './contract/people.ts';
import {
  CoverageQuery,
  CoverageResponse,
  DimensionParameter,
  ReconciliationResponse,
  RegistrationByResponse,
  RegistrationMethodsResponse,
  SnapshotDayQuery,
} from './contract/registration.ts';
import {
  ResetsSummaryQuery,
  ResetsSummaryResponse,
  ResetsTrendQuery,
  ResetsTrendResponse,
} from './contract/resets.ts';
import { SessionRequest, SessionResponse } from './contract/session.ts';
import { SettingsChange, SettingsResponse } from './contract/settings.ts';
import { FailuresQuery, FailuresResponse } from './contract/verification.ts';
import type { ErrorCode } from './errors.ts';

/** What the OpenAPI document says of one endpoint. */
export interface Endpoint {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Below /api/v1, parameters in braces. */
  path: string;
  summary: string;
  /** Answers without sign-in. */
  open?: true;
  query?: z.ZodObject;
  pathParameters?: z.ZodObject;
  body?: z.ZodType;
  answer: z.ZodType;
  /** Foreseen errors beyond those that every endpoint has. */
  errors?: ErrorCode[];
}

const OpenApiDocument = z.looseObject({ openapi: z.string() });

/** Every endpoint of this server; a test holds it to the routes. */
export const ENDPOINTS: Endpoint[] = [
  {
    method: 'get',
    path: '/health',
    summary: 'Whether the server works; `degraded` when its jobs do not run.',
    open: true,
    answer: HealthResponse,
  },
  {
    method: 'get',
    path: '/session',
    summary: 'Whether this browser is signed in.',
    open: true,
    answer: SessionResponse,
  },
  {
    method: 'post',
    path: '/session',
    summary: 'Exchanges the access token for a session cookie.',
    open: true,
    body: SessionRequest,
    answer: SessionResponse,
    errors: ['unauthorized', 'unavailable'],
  },
  {
    method: 'delete',
    path: '/session',
    summary: 'Ends the session.',
    open: true,
    answer: SessionResponse,
  },
  {
    method: 'get',
    path: '/openapi.json',
    summary: 'This document.',
    answer: OpenApiDocument,
  },
  {
    method: 'get',
    path: '/collection',
    summary: 'State and age of every feed, gaps, and what a running job is doing.',
    answer: CollectionResponse,
  },
  {
    method: 'get',
    path: '/collection/set-aside',
    summary: 'What was read and not understood, or left out of the counts.',
    answer: SetAsideResponse,
  },
  {
    method: 'get',
    path: '/registration/coverage',
    summary: 'How many people could reset their own password, day by day.',
    query: CoverageQuery,
    answer: CoverageResponse,
  },
  {
    method: 'get',
    path: '/registration/by/{dimension}',
    summary: 'The counts of a day by department, country, office, company or admin.',
    pathParameters: z.object({ dimension: DimensionParameter }),
    query: SnapshotDayQuery,
    answer: RegistrationByResponse,
  },
  {
    method: 'get',
    path: '/registration/methods',
    summary: 'People per registered method, and per number of method families.',
    query: SnapshotDayQuery,
    answer: RegistrationMethodsResponse,
  },
  {
    method: 'get',
    path: '/registration/reconciliation',
    summary: "Our totals of a day beside Graph's own, line by line.",
    query: SnapshotDayQuery,
    answer: ReconciliationResponse,
  },
  {
    method: 'get',
    path: '/people',
    summary: 'The people of the last complete snapshot, with the reason for each.',
    query: PeopleQuery,
    answer: PeopleResponse,
  },
  {
    method: 'get',
    path: '/people/{id}',
    summary: "One person's story: registration changes, flows with steps, admin resets.",
    pathParameters: z.object({ id: PersonIdParameter }),
    answer: PersonResponse,
    errors: ['not_found'],
  },
  {
    method: 'get',
    path: '/resets/summary',
    summary: 'Flows, incidents, admin resets and rates of a period.',
    query: ResetsSummaryQuery,
    answer: ResetsSummaryResponse,
  },
  {
    method: 'get',
    path: '/resets/trend',
    summary: 'Flows, incidents and admin resets by day, week or month.',
    query: ResetsTrendQuery,
    answer: ResetsTrendResponse,
  },
  {
    method: 'get',
    path: '/verification/failures',
    summary: 'Failed verifications by hour or day: an inference, as Graph logs no wrong code.',
    query: FailuresQuery,
    answer: FailuresResponse,
  },
  {
    method: 'get',
    path: '/settings',
    summary: 'Every setting with its meaning, default and value.',
    answer: SettingsResponse,
  },
  {
    method: 'put',
    path: '/settings',
    summary: 'Changes settings by name: all of them, or none when one does not fit.',
    body: SettingsChange,
    answer: SettingsResponse,
    errors: ['conflict'],
  },
];
