import { z } from 'zod';
import {
  Annotation,
  AnnotationIdParameter,
  AnnotationRequest,
  AnnotationsQuery,
  AnnotationsResponse,
} from './contract/annotations.ts';
import { CollectionResponse, HealthResponse, SetAsideResponse } from './contract/collection.ts';
import {
  AssumptionsChange,
  AssumptionsResponse,
  DeflectionQuery,
  DeflectionResponse,
  DeflectionTrendQuery,
  DeflectionTrendResponse,
} from './contract/deflection.ts';
import {
  Exclusion,
  ExclusionIdParameter,
  ExclusionPreview,
  ExclusionPreviewRequest,
  ExclusionRequest,
  ExclusionsMade,
  ExclusionsResponse,
} from './contract/exclusions.ts';
import {
  AdminResetsQuery,
  AdminResetsResponse,
  IncidentIdParameter,
  IncidentResponse,
  IncidentsQuery,
  IncidentsResponse,
} from './contract/incidents.ts';
import {
  ManagersQuery,
  ManagersResponse,
  NoteChange,
  NoteResponse,
  PeopleCsvQuery,
  PeopleQuery,
  PeopleResponse,
  PersonIdParameter,
  PersonResponse,
  PriorityResponse,
} from './contract/people.ts';
import {
  AtRiskQuery,
  AtRiskResponse,
  ChangesQuery,
  ChangesResponse,
  ControlsResponse,
  CoverageQuery,
  CoverageResponse,
  DimensionParameter,
  ForecastResponse,
  JoinersQuery,
  JoinersResponse,
  MethodsTrendResponse,
  MovesQuery,
  MovesResponse,
  PeriodQuery,
  ReconciliationResponse,
  RegistrationByResponse,
  RegistrationMethodsResponse,
  SnapshotDayQuery,
} from './contract/registration.ts';
import {
  FunnelQuery,
  FunnelResponse,
  HoursQuery,
  HoursResponse,
  ReasonsQuery,
  ReasonsResponse,
  ResetForecastResponse,
  ResetMethodsQuery,
  ResetMethodsResponse,
  ResetsSummaryQuery,
  ResetsSummaryResponse,
  ResetsTrendQuery,
  ResetsTrendResponse,
  TimesQuery,
  TimesResponse,
  WritebackQuery,
  WritebackResponse,
} from './contract/resets.ts';
import { SessionRequest, SessionResponse } from './contract/session.ts';
import { SettingsChange, SettingsResponse } from './contract/settings.ts';
import {
  StatementBody,
  StatementIdParameter,
  StatementRequest,
  StatementResponse,
  StatementsResponse,
} from './contract/statements.ts';
import {
  TicketImportIdParameter,
  TicketsHeaders,
  TicketsMade,
  TicketsQuery,
  TicketsResponse,
  UndoRequest,
} from './contract/tickets.ts';
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
  headers?: z.ZodObject;
  pathParameters?: z.ZodObject;
  body?: z.ZodType;
  answer: z.ZodType;
  /** What it answers with, where that is not JSON. */
  mediaType?: 'text/csv' | 'application/pdf';
  /** What its body is, where that is not JSON. */
  bodyType?: 'text/csv';
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
    path: '/registration/methods/trend',
    summary:
      'People per method, per number of method families, and with one family only, day by day.',
    query: PeriodQuery,
    answer: MethodsTrendResponse,
  },
  {
    method: 'get',
    path: '/registration/moves',
    summary: 'People who gained and lost capability, came with it and left with it.',
    query: MovesQuery,
    answer: MovesResponse,
  },
  {
    method: 'get',
    path: '/registration/changes',
    summary: 'The people behind the moves, and what changed of them. Newest first.',
    query: ChangesQuery,
    answer: ChangesResponse,
  },
  {
    method: 'get',
    path: '/registration/joiners',
    summary: 'New people by month, and how many of them registered within 7, 14 and 30 days.',
    query: JoinersQuery,
    answer: JoinersResponse,
  },
  {
    method: 'get',
    path: '/registration/at-risk',
    summary:
      'People who fall out of capability on a day, when methods end or policy asks for more.',
    query: AtRiskQuery,
    answer: AtRiskResponse,
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
    path: '/people.csv',
    summary: 'Everybody on that list as CSV; no text in it begins a formula.',
    query: PeopleCsvQuery,
    answer: z.string(),
    mediaType: 'text/csv',
  },
  {
    method: 'get',
    path: '/managers',
    summary: 'How many people of that list report to whom.',
    query: ManagersQuery,
    answer: ManagersResponse,
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
    method: 'put',
    path: '/people/{id}/note',
    summary: 'Writes what was noted about a person, and whether that is done.',
    pathParameters: z.object({ id: PersonIdParameter }),
    body: NoteChange,
    answer: NoteResponse,
    errors: ['not_found'],
  },
  {
    method: 'get',
    path: '/exclusions',
    summary: 'Who is left out of the population, why, by whom and until when.',
    answer: ExclusionsResponse,
  },
  {
    method: 'post',
    path: '/exclusions',
    summary: 'Excludes people, or whom a rule matches, from today on: all of it, or nothing.',
    body: ExclusionRequest,
    answer: ExclusionsMade,
    errors: ['conflict'],
  },
  {
    method: 'post',
    path: '/exclusions/preview',
    summary: 'Whom a rule would leave out now. Changes nothing.',
    body: ExclusionPreviewRequest,
    answer: ExclusionPreview,
    errors: ['conflict'],
  },
  {
    method: 'delete',
    path: '/exclusions/{id}',
    summary: 'Ends an exclusion: today is the first day on which it no longer holds.',
    pathParameters: z.object({ id: ExclusionIdParameter }),
    answer: Exclusion,
    errors: ['not_found', 'conflict'],
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
    path: '/resets/funnel',
    summary: 'Flows by how far they came, and methods given up for others.',
    query: FunnelQuery,
    answer: FunnelResponse,
  },
  {
    method: 'get',
    path: '/resets/methods',
    summary: 'Flows by the verification methods they started, and what became of them.',
    query: ResetMethodsQuery,
    answer: ResetMethodsResponse,
  },
  {
    method: 'get',
    path: '/resets/reasons',
    summary: 'Why flows were lost, and who can take the reason away.',
    query: ReasonsQuery,
    answer: ReasonsResponse,
  },
  {
    method: 'get',
    path: '/resets/hours',
    summary: 'When people need a password: weekday by hour, and the share outside office hours.',
    query: HoursQuery,
    answer: HoursResponse,
  },
  {
    method: 'get',
    path: '/resets/times',
    summary: 'How long a reset takes, and how often another follows within 7 and 30 days.',
    query: TimesQuery,
    answer: TimesResponse,
  },
  {
    method: 'get',
    path: '/resets/writeback',
    summary: 'Resets by the agent that wrote them on-premises, and voluntary changes.',
    query: WritebackQuery,
    answer: WritebackResponse,
  },
  {
    method: 'get',
    path: '/resets/incidents',
    summary: 'The incidents behind a figure, newest first.',
    query: IncidentsQuery,
    answer: IncidentsResponse,
  },
  {
    method: 'get',
    path: '/resets/incidents/{id}',
    summary: "One incident's story: flows, steps, times, and the admin reset that ended it.",
    pathParameters: z.object({ id: IncidentIdParameter }),
    answer: IncidentResponse,
    errors: ['not_found'],
  },
  {
    method: 'get',
    path: '/resets/admin-resets',
    summary: 'The admin resets behind a figure, newest first.',
    query: AdminResetsQuery,
    answer: AdminResetsResponse,
  },
  {
    method: 'get',
    path: '/resets/forecast',
    summary: 'What the next 8 weeks are expected to bring: needs, tickets, desk hours.',
    answer: ResetForecastResponse,
  },
  {
    method: 'get',
    path: '/deflection',
    summary: 'Tickets avoided and money saved in a period, as a range with its evidence.',
    query: DeflectionQuery,
    answer: DeflectionResponse,
  },
  {
    method: 'get',
    path: '/deflection/trend',
    summary: 'The same month by month.',
    query: DeflectionTrendQuery,
    answer: DeflectionTrendResponse,
  },
  {
    method: 'get',
    path: '/assumptions',
    summary:
      'What deflection and money are worked out with, where it comes from, and every version.',
    answer: AssumptionsResponse,
  },
  {
    method: 'put',
    path: '/assumptions',
    summary: 'Makes a new version of the assumptions; frozen statements keep theirs.',
    body: AssumptionsChange,
    answer: AssumptionsResponse,
    errors: ['conflict'],
  },
  {
    method: 'get',
    path: '/tickets',
    summary: 'Files of helpdesk tickets that were imported, and what they say by month.',
    answer: TicketsResponse,
  },
  {
    method: 'post',
    path: '/tickets',
    summary: 'Reads a CSV file of dated counts or single tickets: a preview, or an import.',
    query: TicketsQuery,
    headers: TicketsHeaders,
    body: z.string(),
    bodyType: 'text/csv',
    answer: TicketsMade,
    errors: ['conflict'],
  },
  {
    method: 'post',
    path: '/tickets/{id}/undo',
    summary: 'Takes the counts of an import away; it stays in the list.',
    pathParameters: z.object({ id: TicketImportIdParameter }),
    body: UndoRequest,
    answer: TicketsResponse,
    errors: ['not_found', 'conflict'],
  },
  {
    method: 'get',
    path: '/statements',
    summary: 'Frozen months, and which months can be frozen.',
    answer: StatementsResponse,
  },
  {
    method: 'post',
    path: '/statements',
    summary: 'Freezes a month with its inputs, assumptions and a hash.',
    body: StatementRequest,
    answer: StatementResponse,
    errors: ['conflict'],
  },
  {
    method: 'get',
    path: '/statements/{id}.json',
    summary: 'The frozen text itself, to the byte that was hashed.',
    pathParameters: z.object({ id: StatementIdParameter }),
    answer: StatementBody,
    errors: ['not_found'],
  },
  {
    method: 'get',
    path: '/statements/{id}',
    summary: 'A frozen month, and whether its figures come out the same again.',
    pathParameters: z.object({ id: StatementIdParameter }),
    answer: StatementResponse,
    errors: ['not_found', 'conflict'],
  },
  {
    method: 'get',
    path: '/statements/{id}.pdf',
    summary: 'The same as a document of one or two pages.',
    pathParameters: z.object({ id: StatementIdParameter }),
    answer: z.string(),
    mediaType: 'application/pdf',
    errors: ['not_found', 'conflict'],
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
    path: '/registration/forecast',
    summary: 'How coverage is expected to go on, and when it reaches the target.',
    answer: ForecastResponse,
  },
  {
    method: 'get',
    path: '/controls',
    summary: 'What a common baseline expects of self-service reset, and how this tenant stands.',
    answer: ControlsResponse,
  },
  {
    method: 'get',
    path: '/priority',
    summary: 'How expected calls are worked out, and how good the order of the list is.',
    answer: PriorityResponse,
  },
  {
    method: 'get',
    path: '/annotations',
    summary: 'What explains a bend in a chart: notes, policy changes, announced days, gaps.',
    query: AnnotationsQuery,
    answer: AnnotationsResponse,
  },
  {
    method: 'post',
    path: '/annotations',
    summary: 'Keeps a dated note or a registration campaign.',
    body: AnnotationRequest,
    answer: Annotation,
    errors: ['conflict'],
  },
  {
    method: 'delete',
    path: '/annotations/{id}',
    summary: 'Removes a note written by hand.',
    pathParameters: z.object({ id: AnnotationIdParameter }),
    answer: Annotation,
    errors: ['not_found'],
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
