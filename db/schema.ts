import { sql } from 'drizzle-orm';
import type {
  ChannelBody,
  ChannelKind,
  DeliveryKind,
  DeliveryState,
  SealedSecrets,
} from '../domain/alerting/channel.ts';
import type { AlertMessage } from '../domain/alerting/message.ts';
import type { Day } from '../domain/day.ts';
import type { FlowOutcome } from '../domain/reset-flow.ts';
import type { Owner } from '../domain/reset-vocabulary.ts';
import type { AlertLevel } from '../domain/surveillance/alert-level.ts';
import type { AlertEventKind } from '../domain/surveillance/alert-state.ts';
import type { Evidence } from '../domain/surveillance/evidence.ts';
import type {
  AlertRule,
  Queue,
  SubjectKind,
  ThresholdRule,
} from '../domain/surveillance/rule-list.ts';
import type { SeriesName } from '../domain/surveillance/series.ts';
import type { SurveillanceSettings } from '../domain/surveillance/settings.ts';
import type { Kit } from './kit.ts';

/**
 * Every table, once, for both engines. `tenant_id` (a small integer of the table
 * `tenant`) leads every key. Instants end in `_at` and are UTC milliseconds;
 * `day` is a calendar day in the tenant's zone, cut by domain/day.ts when the
 * row is written. Names of people stand in `person` alone; all other tables know
 * people by Entra object id, the change log by the small `person.id`.
 */
export const defineSchema = (kit: Kit) => {
  const tenantId = () => kit.int('tenant_id').notNull();
  const day = (name = 'day') => kit.text(name).$type<Day>();
  const count = (name: string) => kit.int(name).notNull();

  return {
    /** The directories whose data this is. One row until service providers are served. */
    tenant: kit.table(
      'tenant',
      {
        id: kit.int('id').notNull(),
        /** Entra tenant id, or the endpoint's origin where none could be learned. Pinned at first use. */
        key: kit.text('key').notNull(),
        /** Origin of the Graph endpoint it is read from. */
        origin: kit.text('origin').notNull(),
        /** From /organization; null: it did not answer. */
        name: kit.text('name'),
        /** IANA zone in which every stored day was cut. */
        timeZone: kit.text('time_zone').notNull(),
        sample: kit.bool('sample').notNull(),
        pinnedAt: kit.int('pinned_at').notNull(),
      },
      (t) => [kit.primaryKey({ columns: [t.id] }), kit.uniqueIndex('tenant_key').on(t.key)],
    ),

    /** Settings that differ from their default; meaning and default are in db/store/settings.ts. */
    setting: kit.table(
      'setting',
      {
        tenantId: tenantId(),
        name: kit.text('name').notNull(),
        value: kit.text('value').notNull(),
        changedAt: kit.int('changed_at').notNull(),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.name] })],
    ),

    /** Who may run a tenant's jobs now. `fence` grows with each holder; a stale holder's writes are refused. */
    lease: kit.table(
      'lease',
      {
        tenantId: tenantId(),
        job: kit.text('job').notNull(),
        holder: kit.text('holder').notNull(),
        fence: kit.int('fence').notNull(),
        expiresAt: kit.int('expires_at').notNull(),
        /** What the holder is doing, for people; null between runs. */
        doing: kit.text('doing'),
        /** Parts of a thousand done; null: unknown how much is left. */
        doneOf1000: kit.int('done_of_1000'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.job] })],
    ),

    /** What is known of each feed. */
    feed: kit.table(
      'feed',
      {
        tenantId: tenantId(),
        feed: kit.text('feed').notNull(),
        /** Outcome of the last ended run: ok, late (held), failed, unavailable. */
        state: kit.text('state').notNull(),
        /** Why, in a sentence; null where there is nothing to say. */
        reason: kit.text('reason'),
        lastCompleteAt: kit.int('last_complete_at'),
        /** Rows of this feed that are stored, counted when its last run ended. */
        stored: kit.int('stored'),
        newestRecordAt: kit.int('newest_record_at'),
        /** A snapshot that shrank and waits for a second one that agrees: when and how many people. */
        heldAt: kit.int('held_at'),
        heldPeople: kit.int('held_people'),
        /** Before this instant the schedule does not ask an unavailable feed, nor another one for what it was refused. */
        askAgainAt: kit.int('ask_again_at'),
        /** When all that Graph keeps, the last 7 days, the last 48 h were last re-read. */
        fullReadAt: kit.int('full_read_at'),
        weekReadAt: kit.int('week_read_at'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.feed] })],
    ),

    /** Stretches of time read without a gap, merged; `until` is included. The last one's end is the cursor. */
    feedWindow: kit.table(
      'feed_window',
      {
        tenantId: tenantId(),
        feed: kit.text('feed').notNull(),
        sinceAt: kit.int('since_at').notNull(),
        untilAt: kit.int('until_at').notNull(),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.feed, t.sinceAt] })],
    ),

    /** One row per run of a feed; `ended_at` null while it runs, or when the process died. */
    jobRun: kit.table(
      'job_run',
      {
        tenantId: tenantId(),
        id: kit.int('id').notNull(),
        feed: kit.text('feed').notNull(),
        startedAt: kit.int('started_at').notNull(),
        endedAt: kit.int('ended_at'),
        state: kit.text('state').notNull(),
        reason: kit.text('reason'),
        pages: count('pages'),
        received: count('received'),
        added: count('added'),
        changed: count('changed'),
        rejected: count('rejected'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.index('job_run_feed').on(t.tenantId, t.feed, t.id),
      ],
    ),

    /** Records that could not be read, counted by why; the records themselves are not kept. */
    quarantine: kit.table(
      'quarantine',
      {
        tenantId: tenantId(),
        feed: kit.text('feed').notNull(),
        /** Hash of the record, so that reading it again does not count it twice. */
        recordHash: kit.text('record_hash').notNull(),
        reason: kit.text('reason').notNull(),
        firstSeenAt: kit.int('first_seen_at').notNull(),
        lastSeenAt: kit.int('last_seen_at').notNull(),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.feed, t.recordHash] })],
    ),

    /** Verified domains with their password expiry, from /domains. */
    domain: kit.table(
      'domain',
      {
        tenantId: tenantId(),
        name: kit.text('name').notNull(),
        /** Days; 2147483647 means never; null: Graph did not say. */
        passwordValidityDays: kit.int('password_validity_days'),
        isDefault: kit.bool('is_default'),
        isVerified: kit.bool('is_verified'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.name] })],
    ),

    /**
     * People: the only table that holds names and addresses. A row comes from the
     * registration report, from /users, or (operators, people who left) from audits.
     */
    person: kit.table(
      'person',
      {
        tenantId: tenantId(),
        /** Small number of ours, dense per tenant; what the change log refers to. */
        id: kit.int('id').notNull(),
        objectId: kit.text('object_id').notNull(),
        name: kit.text('name'),
        userPrincipalName: kit.text('user_principal_name'),
        /** `name` folded (domain/text.ts), '' where null: the order of lists. */
        sortName: kit.text('sort_name').notNull(),
        /** Folded name, a line end, folded user principal name: what search looks in. */
        searchText: kit.text('search_text').notNull(),
        /** From /users, trimmed; null: none, or /users was never read. */
        department: kit.text('department'),
        country: kit.text('country'),
        office: kit.text('office'),
        company: kit.text('company'),
        createdAt: kit.int('created_at'),
        accountEnabled: kit.bool('account_enabled'),
        passwordChangedAt: kit.int('password_changed_at'),
        passwordPolicies: kit.text('password_policies'),
        onPremisesSynced: kit.bool('on_premises_synced'),
        /** Whether /users ever told of this person; others come from the report or from audits. */
        inDirectory: kit.bool('in_directory'),
        /** How the last published snapshot counts this person: member, guest, other; null: not in it. */
        kind: kit.text('kind'),
        /** State in that snapshot; null: not in it. */
        stateId: kit.int('state_id'),
        /** Day of the snapshot in which that state was met first; null: not in a snapshot. */
        stateDay: day('state_day'),
        /** Object id of the manager, from /users; null: none, or not told. */
        managerId: kit.text('manager_id'),
        /**
         * Last sign-in of /users, successful where Graph says so, else attempted; null: never, or not told.
         * To the week (db/store/sign-in-week.ts): it changes daily for most people.
         */
        lastSignInAt: kit.int('last_sign_in_at'),
        /** Whether an exclusion holds now; what held on a day is in `person_exclusion`. */
        excluded: kit.bool('excluded'),
        /** `person_cell` this person is counted in; null: not in the last published snapshot, or not counted yet. */
        cellId: kit.int('cell_id'),
        /** Minus the expected helpdesk calls of the next 90 days, in millionths: ascending is who calls next. 0: not worked out. */
        callOrder: kit.int('call_order').notNull().default(0),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.uniqueIndex('person_object').on(t.tenantId, t.objectId),
        // Lists show who is in a snapshot; nobody else needs to stand in their indexes. The cell and
        // our number come last, so that filters and hits of a search are tested in the index alone.
        kit
          .index('person_list')
          .on(t.tenantId, t.kind, t.sortName, t.objectId, t.cellId, t.id)
          .where(sql`kind is not null`),
        kit
          .index('person_calls')
          .on(t.tenantId, t.kind, t.callOrder, t.sortName, t.objectId, t.cellId, t.id)
          .where(sql`kind is not null`),
        kit.index('person_cell_people').on(t.tenantId, t.cellId).where(sql`cell_id is not null`),
        // Empty but after an upgrade: fillCells.
        kit
          .index('person_uncounted')
          .on(t.tenantId, t.id)
          .where(sql`kind is not null and cell_id is null`),
        kit
          .index('person_state')
          .on(t.tenantId, t.kind, t.stateId, t.department, t.country, t.cellId)
          .where(sql`kind is not null`),
        kit
          .index('person_manager')
          .on(t.tenantId, t.managerId, t.cellId)
          .where(sql`cell_id is not null`),
        kit.index('person_synced').on(t.tenantId).where(sql`on_premises_synced`),
        kit.index('person_created').on(t.tenantId, t.createdAt).where(sql`created_at is not null`),
      ],
    ),

    /** Pairs of department and country that people have, numbered: half of what a `person_cell` is. */
    personSegment: kit.table(
      'person_segment',
      {
        tenantId: tenantId(),
        /** From 1, per tenant. */
        id: kit.int('id').notNull(),
        /** Both values with their lengths, so that null and '' differ: the nulls of an index would not be equal. */
        key: kit.text('key').notNull(),
        department: kit.text('department'),
        country: kit.text('country'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.uniqueIndex('person_segment_key').on(t.tenantId, t.key),
      ],
    ),

    /**
     * How many people of the last published snapshot share all that the list filters by: what totals and counts
     * beside filters are made of. Kept in step with `person.cell_id` in every transaction (db/store/person-cells.ts).
     */
    personCell: kit.table(
      'person_cell',
      {
        tenantId: tenantId(),
        /** `person_segment.id` * 1024 + kind, reason and flags as bits (db/cell-bits.ts). */
        id: kit.int('id').notNull(),
        /** May be 0: nobody any more. */
        people: count('people'),
        /** `people_edition.edition` that changed it last. */
        edition: kit.int('edition').notNull(),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.index('person_cell_edition').on(t.tenantId, t.edition),
        kit.check('people_are_counted', sql`${t.people} >= 0`),
      ],
    ),

    /** One row per tenant: what the people's list and the exclusions stand at. */
    peopleEdition: kit.table(
      'people_edition',
      {
        tenantId: tenantId(),
        /** Grows with every change of a `person_cell`: what is kept in memory is good as long as it stays. */
        edition: kit.int('edition').notNull(),
        /** Day for which exclusions were last applied; null: never. */
        exclusionsDay: day('exclusions_day'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId] })],
    ),

    /**
     * People, or a rule, that leave the population. Holds from `first_day` up to, not including,
     * `until_day` (expiry) or `end_day` (ended by hand), whichever comes first.
     */
    exclusion: kit.table(
      'exclusion',
      {
        tenantId: tenantId(),
        id: kit.int('id').notNull(),
        /** person, rule */
        kind: kit.text('kind').notNull(),
        /** Of a rule: userPrincipalName, name, department, country, office, company. */
        field: kit.text('field'),
        /** starts_with, ends_with, contains, equals; compared folded (domain/text.ts). */
        match: kit.text('match'),
        value: kit.text('value'),
        reason: kit.text('reason').notNull(),
        /** As typed in: the local access token does not tell people apart. */
        author: kit.text('author').notNull(),
        setAt: kit.int('set_at').notNull(),
        firstDay: day('first_day').notNull(),
        /** Null: no expiry. */
        untilDay: day('until_day'),
        /** Null: not ended by hand. */
        endDay: day('end_day'),
        endedAt: kit.int('ended_at'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.id] })],
    ),

    /** Who was excluded when, and by what: from `first_day` up to, not including, `end_day`. */
    personExclusion: kit.table(
      'person_exclusion',
      {
        tenantId: tenantId(),
        personId: kit.int('person_id').notNull(),
        exclusionId: kit.int('exclusion_id').notNull(),
        firstDay: day('first_day').notNull(),
        /** Null: open. */
        endDay: day('end_day'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.personId, t.exclusionId, t.firstDay] }),
        kit.index('person_exclusion_by').on(t.tenantId, t.exclusionId, t.personId),
      ],
    ),

    /** What an admin wrote about a person of the work-list. */
    personNote: kit.table(
      'person_note',
      {
        tenantId: tenantId(),
        personId: kit.int('person_id').notNull(),
        /** Null: only marked. */
        note: kit.text('note'),
        done: kit.bool('done').notNull(),
        author: kit.text('author').notNull(),
        changedAt: kit.int('changed_at').notNull(),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.personId] }),
        kit.index('person_note_done').on(t.tenantId, t.done, t.personId),
      ],
    ),

    /** Dated notes written by hand, for charts; those that follow from data are worked out when asked for. */
    annotation: kit.table(
      'annotation',
      {
        tenantId: tenantId(),
        id: kit.int('id').notNull(),
        day: day().notNull(),
        /** Last day of what lasts; null: one day. */
        lastDay: day('last_day'),
        /** note, campaign (the forecast knows campaigns) */
        kind: kit.text('kind').notNull(),
        text: kit.text('text').notNull(),
        author: kit.text('author').notNull(),
        createdAt: kit.int('created_at').notNull(),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.index('annotation_day').on(t.tenantId, t.day),
      ],
    ),

    /** Dictionary of registration states: a few hundred rows stand for every person and day. */
    registrationState: kit.table(
      'registration_state',
      {
        tenantId: tenantId(),
        id: kit.int('id').notNull(),
        /** Canonical JSON of the columns below: what makes two states the same. */
        key: kit.text('key').notNull(),
        /** `isAdmin` and the SSPR flags as Graph sent them; null: missing or null. */
        admin: kit.bool('admin'),
        enabled: kit.bool('enabled'),
        registered: kit.bool('registered'),
        capable: kit.bool('capable'),
        mfaCapable: kit.bool('mfa_capable'),
        /** `methodsRegistered` sorted, as Graph spells them; null: missing or null. */
        methods: kit.json<readonly string[] | null>('methods'),
        /** `userType` as Graph spells it. */
        userType: kit.text('user_type'),
        /** docs/data-dictionary.md: member, unknown_type, guest, other. */
        userClass: kit.text('user_class').notNull(),
        reason: kit.text('reason').notNull(),
        /** Families of reset methods. */
        families: kit.int('families').notNull(),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.uniqueIndex('registration_state_key').on(t.tenantId, t.key),
      ],
    ),

    /** One row per read of the registration report. Only `published` ones are ever shown. */
    registrationSnapshot: kit.table(
      'registration_snapshot',
      {
        tenantId: tenantId(),
        id: kit.int('id').notNull(),
        /** When the first page was answered. */
        takenAt: kit.int('taken_at').notNull(),
        day: day().notNull(),
        /** reading, complete (all pages stored, being applied), published, held, dropped. */
        state: kit.text('state').notNull(),
        /** The last published one of its day: the one that counts for the day. */
        lastOfDay: kit.bool('last_of_day').notNull(),
        /** Distinct people read, of every class. */
        people: count('people'),
        rejected: count('rejected'),
        /** People of the population whose `isAdmin` was null. */
        unknownAdmin: count('unknown_admin'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.index('registration_snapshot_day').on(t.tenantId, t.lastOfDay, t.day),
      ],
    ),

    /** What a snapshot being read changes, invisible until it is complete. */
    registrationPending: kit.table(
      'registration_pending',
      {
        tenantId: tenantId(),
        snapshotId: kit.int('snapshot_id').notNull(),
        personId: kit.int('person_id').notNull(),
        /** Null: the person is no longer in the report. */
        stateId: kit.int('state_id'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.snapshotId, t.personId] })],
    ),

    /** Registration history: one row when a person's state changes, the state after the change. */
    registrationChange: kit.table(
      'registration_change',
      {
        tenantId: tenantId(),
        personId: kit.int('person_id').notNull(),
        snapshotId: kit.int('snapshot_id').notNull(),
        /** Null: left the report. */
        stateId: kit.int('state_id'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.personId, t.snapshotId] }),
        kit.index('registration_change_snapshot').on(t.tenantId, t.snapshotId, t.personId),
      ],
    ),

    /** People of the population per registration state, of a published snapshot. */
    registrationStateCount: kit.table(
      'registration_state_count',
      {
        tenantId: tenantId(),
        snapshotId: kit.int('snapshot_id').notNull(),
        stateId: kit.int('state_id').notNull(),
        people: count('people'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.snapshotId, t.stateId] })],
    ),

    /** People of the population per family of reset methods, of a published snapshot. */
    registrationFamily: kit.table(
      'registration_family',
      {
        tenantId: tenantId(),
        snapshotId: kit.int('snapshot_id').notNull(),
        family: kit.text('family').notNull(),
        people: count('people'),
        /** Of those, people who have no other family. */
        only: count('only_this'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.snapshotId, t.family] })],
    ),

    /**
     * How the capable people of the population changed from the published snapshot before:
     * capable = capable before + gained + arrived - lost - departed. No row: there was none before.
     */
    registrationMove: kit.table(
      'registration_move',
      {
        tenantId: tenantId(),
        snapshotId: kit.int('snapshot_id').notNull(),
        /** In the population before and now; capable only now. */
        gained: count('gained'),
        /** In the population before and now; capable only before. */
        lost: count('lost'),
        /** Capable, and not in the population before. */
        arrived: count('arrived'),
        /** Capable before, and no longer in the population. */
        departed: count('departed'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.snapshotId] })],
    ),

    /**
     * People counts of a published snapshot, by dimension. Dimension `all` has the one
     * value ''; `class` splits everybody as docs/data-dictionary.md says; the others have the values of
     * /users, '' standing for a missing one. All but `class` count the population.
     */
    registrationCount: kit.table(
      'registration_count',
      {
        tenantId: tenantId(),
        dimension: kit.text('dimension').notNull(),
        value: kit.text('value').notNull(),
        snapshotId: kit.int('snapshot_id').notNull(),
        population: count('population'),
        enabled: count('enabled'),
        registered: count('registered'),
        capable: count('capable'),
        mfaCapable: count('mfa_capable'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.dimension, t.value, t.snapshotId] }),
        kit.index('registration_count_snapshot').on(t.tenantId, t.snapshotId, t.dimension),
        kit.check('capable_is_part_of_population', sql`${t.capable} <= ${t.population}`),
        kit.check('registered_is_part_of_population', sql`${t.registered} <= ${t.population}`),
        kit.check('enabled_is_part_of_population', sql`${t.enabled} <= ${t.population}`),
      ],
    ),

    /** People of the population per registered method, of a published snapshot. */
    registrationMethod: kit.table(
      'registration_method',
      {
        tenantId: tenantId(),
        snapshotId: kit.int('snapshot_id').notNull(),
        method: kit.text('method').notNull(),
        people: count('people'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.snapshotId, t.method] })],
    ),

    /** People of the population per number of reset-method families, of a published snapshot. */
    registrationDepth: kit.table(
      'registration_depth',
      {
        tenantId: tenantId(),
        snapshotId: kit.int('snapshot_id').notNull(),
        families: kit.int('families').notNull(),
        people: count('people'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.snapshotId, t.families] })],
    ),

    /** Graph's own `usersRegisteredByFeature`, asked in the run of a snapshot. Feature '' is the total. */
    graphTotal: kit.table(
      'graph_total',
      {
        tenantId: tenantId(),
        snapshotId: kit.int('snapshot_id').notNull(),
        /** all, member, guest */
        userTypes: kit.text('user_types').notNull(),
        feature: kit.text('feature').notNull(),
        people: count('people'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.snapshotId, t.userTypes, t.feature] })],
    ),

    /** Audit records of the feeds `resets` and `security-info`, as Graph reported them, without names. */
    auditRecord: kit.table(
      'audit_record',
      {
        tenantId: tenantId(),
        /** Graph's id: text, with blanks in some services. */
        id: kit.text('id').notNull(),
        feed: kit.text('feed').notNull(),
        occurredAt: kit.int('occurred_at').notNull(),
        /** Graph's own `activityDateTime`: its 7 digits order records within a millisecond. */
        occurredText: kit.text('occurred_text').notNull(),
        day: day().notNull(),
        activity: kit.text('activity').notNull(),
        service: kit.text('service').notNull(),
        category: kit.text('category'),
        operationType: kit.text('operation_type'),
        result: kit.text('result').notNull(),
        /** `resultReason` verbatim; null: absent. */
        reason: kit.text('reason'),
        correlationId: kit.text('correlation_id'),
        targetId: kit.text('target_id'),
        initiatorId: kit.text('initiator_id'),
        /** user, sync (an account of directory synchronisation), app, none */
        initiatorKind: kit.text('initiator_kind').notNull(),
        address: kit.text('address'),
        /** additionalDetails `OnPremisesAgent`. */
        onPremisesAgent: kit.text('on_premises_agent'),
        userAgent: kit.text('user_agent'),
        /** The flow it belongs to; null: not a flow record. */
        flowId: kit.text('flow_id'),
        /** `unknown_reason`, `admin_reset`, `password_change`, `policy_change`, `writeback`, or null: what the indexes below find. */
        mark: kit.text('mark'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.index('audit_record_flow').on(t.tenantId, t.flowId),
        kit.index('audit_record_mark').on(t.tenantId, t.mark, t.occurredAt),
        kit.index('audit_record_target').on(t.tenantId, t.targetId, t.occurredAt),
      ],
    ),

    /** Flows whose records changed since they were last rolled up. */
    flowDirty: kit.table(
      'flow_dirty',
      { tenantId: tenantId(), flowId: kit.text('flow_id').notNull() },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.flowId] })],
    ),

    /**
     * People whose incidents must be worked out again: an object id, or where nobody is
     * known `flow:` and a flow's id, or `reset:` and an admin reset's id.
     */
    personDirty: kit.table(
      'person_dirty',
      { tenantId: tenantId(), who: kit.text('who').notNull() },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.who] })],
    ),

    /** Days whose daily rows must be rebuilt. */
    dayDirty: kit.table('day_dirty', { tenantId: tenantId(), day: day().notNull() }, (t) => [
      kit.primaryKey({ columns: [t.tenantId, t.day] }),
    ]),

    /** One row per flow (docs/data-dictionary.md), rebuilt from its records. */
    flow: kit.table(
      'flow',
      {
        tenantId: tenantId(),
        id: kit.text('id').notNull(),
        personId: kit.text('person_id'),
        startedAt: kit.int('started_at').notNull(),
        /** `occurred_text` of its first record: orders flows within a millisecond. */
        startedText: kit.text('started_text').notNull(),
        day: day().notNull(),
        lastAt: kit.int('last_at').notNull(),
        /** First success record; null: none. */
        succeededAt: kit.int('succeeded_at'),
        outcome: kit.text('outcome').$type<FlowOutcome>().notNull(),
        records: count('records'),
        /** Furthest stage it reached, an index into STAGES of domain/funnel.ts. */
        stage: count('stage').default(0),
        /** Code of the reason it was lost for (domain/lost-reason.ts), or an unknown reason verbatim; null: not lost. */
        reason: kit.text('reason'),
        /** Who can take that reason away; null: not lost, or not known. */
        owner: kit.text('owner').$type<Owner>(),
        /** `OnPremisesAgent` of its reset or unlock record; null: none has one. */
        agent: kit.text('agent'),
        /** Hour of its first record in the tenant's zone, 0 to 23. */
        hour: count('hour').default(0),
        /** The incident it belongs to; null: not worked out yet. */
        incidentId: kit.text('incident_id'),
        /** First address that one of its records tells, in their order; null: none does. */
        address: kit.text('address'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.index('flow_address').on(t.tenantId, t.address, t.startedAt),
        kit.index('flow_incident').on(t.tenantId, t.incidentId),
        // Why flows were lost, in the index alone.
        kit
          .index('flow_lost')
          .on(t.tenantId, t.day, t.reason, t.owner, t.personId, t.incidentId)
          .where(sql`reason is not null`),
        kit.index('flow_person').on(t.tenantId, t.personId, t.startedAt),
        kit.index('flow_day').on(t.tenantId, t.day),
        kit.index('flow_outcome').on(t.tenantId, t.outcome, t.lastAt),
      ],
    ),

    /** Verification steps of a flow: one method, however often it was started. */
    verificationStep: kit.table(
      'verification_step',
      {
        tenantId: tenantId(),
        flowId: kit.text('flow_id').notNull(),
        method: kit.text('method').notNull(),
        startedAt: kit.int('started_at').notNull(),
        day: day().notNull(),
        passed: kit.bool('passed').notNull(),
        /** The method that was started before and given up for this one; null: none was. */
        switchedFrom: kit.text('switched_from'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.flowId, t.method] }),
        kit.index('verification_step_day').on(t.tenantId, t.day, t.method),
        kit
          .index('verification_step_switch')
          .on(t.tenantId, t.day, t.switchedFrom, t.method, t.flowId)
          .where(sql`switched_from is not null`),
      ],
    ),

    /** Failed verifications, inferred (docs/data-dictionary.md). `method` 'unknown' where the text names none. */
    failedVerification: kit.table(
      'failed_verification',
      {
        tenantId: tenantId(),
        flowId: kit.text('flow_id').notNull(),
        method: kit.text('method').notNull(),
        failedAt: kit.int('failed_at').notNull(),
        day: day().notNull(),
        personId: kit.text('person_id'),
        address: kit.text('address'),
        /** The person's as the directory told it when the flow was last worked out; null: not known. */
        country: kit.text('country'),
        /** Whether it was an admin's account, likewise; null: not known. */
        admin: kit.bool('admin'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.flowId, t.method] }),
        kit.index('failed_verification_day').on(t.tenantId, t.day),
        kit.index('failed_verification_time').on(t.tenantId, t.failedAt),
        kit.index('failed_verification_person').on(t.tenantId, t.personId, t.failedAt),
        kit.index('failed_verification_address').on(t.tenantId, t.address, t.failedAt),
      ],
    ),

    /** One row per incident (docs/data-dictionary.md): one person's need, on the day of its first flow. */
    incident: kit.table(
      'incident',
      {
        tenantId: tenantId(),
        /** Id of its first flow. */
        id: kit.text('id').notNull(),
        personId: kit.text('person_id'),
        startedAt: kit.int('started_at').notNull(),
        day: day().notNull(),
        lastAt: kit.int('last_at').notNull(),
        /** What it would be now; counted only once settled. */
        outcome: kit.text('outcome').notNull(),
        settling: kit.bool('settling').notNull(),
        flows: count('flows'),
        adminResets: count('admin_resets'),
        /** reset if a flow of it completed, unlock if one only unlocked; null: none succeeded. */
        kind: kit.text('kind'),
        /** Start of the person's next incident; null: there is none. */
        nextAt: kit.int('next_at'),
        /** Hour of its start in the tenant's zone, 0 to 23. */
        hour: count('hour').default(0),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.index('incident_person').on(t.tenantId, t.personId, t.startedAt),
        kit
          .index('incident_day')
          .on(t.tenantId, t.day, t.settling, t.outcome, t.startedAt, t.nextAt, t.personId),
        kit.index('incident_settling').on(t.tenantId, t.settling, t.lastAt),
      ],
    ),

    /** Successful resets by an admin, each with why it counts or does not. */
    adminReset: kit.table(
      'admin_reset',
      {
        tenantId: tenantId(),
        /** Id of its audit record. */
        id: kit.text('id').notNull(),
        personId: kit.text('person_id'),
        occurredAt: kit.int('occurred_at').notNull(),
        day: day().notNull(),
        /** counted, first_password, mass, unknown_initiator, automation, self */
        kind: kit.text('kind').notNull(),
        /** The incident it ended; null: none. */
        incidentId: kit.text('incident_id'),
        /** The bypass it is, or belongs to: id of the first admin reset of the chain; null: none. */
        bypassId: kit.text('bypass_id'),
        /** Of a bypass's first admin reset: whether the bypass is settling. */
        settling: kit.bool('settling').notNull(),
        /** Object id of who did it; null: the record does not say. */
        operatorId: kit.text('operator_id'),
        /** `OnPremisesAgent` of its record; null: none. */
        agent: kit.text('agent'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.index('admin_reset_person').on(t.tenantId, t.personId),
        kit.index('admin_reset_day').on(t.tenantId, t.day),
        kit.index('admin_reset_settling').on(t.tenantId, t.settling, t.occurredAt),
      ],
    ),

    /** Counts of a day, rebuilt, never added to. A day without a row had nothing; `feed_window` says whether it was collected. */
    resetDaily: kit.table(
      'reset_daily',
      {
        tenantId: tenantId(),
        day: day().notNull(),
        started: count('started'),
        completed: count('completed'),
        unlocked: count('unlocked'),
        contactedAdmin: count('contacted_admin'),
        blocked: count('blocked'),
        notEntitled: count('not_entitled'),
        failed: count('failed'),
        cancelled: count('cancelled'),
        abandoned: count('abandoned'),
        inProgress: count('in_progress'),
        selfServedFirst: count('self_served_first'),
        selfServedRetry: count('self_served_retry'),
        fellBack: count('fell_back'),
        incidentsAbandoned: count('incidents_abandoned'),
        settling: count('settling'),
        adminResets: count('admin_resets'),
        bypasses: count('bypasses'),
        settlingBypasses: count('settling_bypasses'),
        /** Settled self-served incidents by kind: together self_served_first and self_served_retry. */
        servedReset: count('served_reset').default(0),
        servedUnlock: count('served_unlock').default(0),
        /** Milliseconds from first record to success of each completed flow, ascending. */
        resetMs: kit.json<number[]>('reset_ms').notNull(),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.day] }),
        kit.check(
          'flows_add_up',
          sql`${t.started} = ${t.completed} + ${t.unlocked} + ${t.contactedAdmin} + ${t.blocked} + ${t.notEntitled} + ${t.failed} + ${t.cancelled} + ${t.abandoned} + ${t.inProgress}`,
        ),
      ],
    ),

    /** Flows of a day by how far they came; method '' is all flows, others those that started the method. */
    resetStage: kit.table(
      'reset_stage',
      {
        tenantId: tenantId(),
        day: day().notNull(),
        method: kit.text('method').notNull(),
        /** Index into STAGES of domain/funnel.ts. Flows that came at least this far. */
        stage: count('stage'),
        flows: count('flows'),
        /** Of them, those in progress that are at this very stage. */
        inProgress: count('in_progress'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.day, t.method, t.stage] })],
    ),

    /** Flows of a day in which one method was given up for another. */
    methodSwitch: kit.table(
      'method_switch',
      {
        tenantId: tenantId(),
        day: day().notNull(),
        fromMethod: kit.text('from_method').notNull(),
        toMethod: kit.text('to_method').notNull(),
        flows: count('flows'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.day, t.fromMethod, t.toMethod] })],
    ),

    /** Flows and incidents of a day by the hour of the tenant's zone in which they began. */
    resetHour: kit.table(
      'reset_hour',
      {
        tenantId: tenantId(),
        day: day().notNull(),
        hour: count('hour'),
        flows: count('flows'),
        /** Settling ones included. */
        incidents: count('incidents'),
        /** Settled and self-served. */
        selfServed: count('self_served'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.day, t.hour] })],
    ),

    /** Voluntary changes of a password by somebody who knew the old one: in no count of resets. */
    passwordChange: kit.table(
      'password_change',
      {
        tenantId: tenantId(),
        /** Id of its audit record. */
        id: kit.text('id').notNull(),
        personId: kit.text('person_id'),
        occurredAt: kit.int('occurred_at').notNull(),
        day: day().notNull(),
        succeeded: kit.bool('succeeded').notNull(),
        /** `resultReason` verbatim. */
        reason: kit.text('reason'),
        agent: kit.text('agent'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.index('password_change_day').on(t.tenantId, t.day),
        kit.index('password_change_person').on(t.tenantId, t.personId, t.occurredAt),
      ],
    ),

    /** Days without work: public holidays of the countries in the settings, and those typed in. Rebuilt by each run. */
    holiday: kit.table(
      'holiday',
      { tenantId: tenantId(), day: day().notNull(), name: kit.text('name').notNull() },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.day] })],
    ),

    /** What deflection and money are worked out with; a change is a new version, an old one never changes. */
    assumptions: kit.table(
      'assumptions',
      {
        tenantId: tenantId(),
        /** From 1; version 0 is the defaults of the program, which no row holds. */
        version: kit.int('version').notNull(),
        madeAt: kit.int('made_at').notNull(),
        /** As typed in. */
        author: kit.text('author').notNull(),
        note: kit.text('note'),
        /** domain/deflection/assumption-set.ts */
        body: kit.json<unknown>('body').notNull(),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.version] })],
    ),

    /** One file of helpdesk tickets. Undone ones stay listed; their counts are gone. */
    ticketImport: kit.table(
      'ticket_import',
      {
        tenantId: tenantId(),
        id: kit.int('id').notNull(),
        /** Name of the file, or what was typed in. */
        label: kit.text('label').notNull(),
        /** SHA-256 of the file, hexadecimal. */
        hash: kit.text('hash').notNull(),
        /** counts or tickets */
        kind: kit.text('kind').notNull(),
        /** servicenow, jira, zendesk, freshservice, counts, or mapped by hand */
        source: kit.text('source').notNull(),
        /** How columns were read. */
        mapping: kit.json<unknown>('mapping').notNull(),
        /** Days the file speaks for, both included; a day within without a ticket had none. */
        firstDay: day('first_day').notNull(),
        lastDay: day('last_day').notNull(),
        /** Lines read, without the headings. */
        rows: count('rows'),
        passwordTickets: count('password_tickets'),
        /** Null: the file does not tell other tickets. */
        otherTickets: kit.int('other_tickets'),
        /** Lines left out because an earlier import holds the ticket. */
        known: count('known'),
        refused: count('refused'),
        /** The first of them: row, column, why. */
        refusals: kit.json<unknown>('refusals').notNull(),
        author: kit.text('author').notNull(),
        importedAt: kit.int('imported_at').notNull(),
        /** reading, active, undone */
        state: kit.text('state').notNull(),
        undoneAt: kit.int('undone_at'),
        undoneBy: kit.text('undone_by'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.id] })],
    ),

    /** Tickets per day, week or month, as far as the file tells. */
    ticketCount: kit.table(
      'ticket_count',
      {
        tenantId: tenantId(),
        importId: kit.int('import_id').notNull(),
        /** First and last day counted together, both included. */
        firstDay: day('first_day').notNull(),
        lastDay: day('last_day').notNull(),
        password: count('password'),
        /** Null: not told. */
        other: kit.int('other'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.importId, t.firstDay] }),
        kit.index('ticket_count_day').on(t.tenantId, t.firstDay),
      ],
    ),

    /** Numbers of single tickets, so that none counts twice. Nothing else of a ticket is kept. */
    ticket: kit.table(
      'ticket',
      {
        tenantId: tenantId(),
        number: kit.text('number').notNull(),
        importId: kit.int('import_id').notNull(),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.number] }),
        kit.index('ticket_import_tickets').on(t.tenantId, t.importId),
      ],
    ),

    /** A month frozen. Never changed. */
    statement: kit.table(
      'statement',
      {
        tenantId: tenantId(),
        id: kit.int('id').notNull(),
        /** YYYY-MM */
        month: kit.text('month').notNull(),
        /** From 1 for each month. */
        revision: count('revision'),
        madeAt: kit.int('made_at').notNull(),
        author: kit.text('author').notNull(),
        assumptionsVersion: count('assumptions_version'),
        /** Canonical JSON (domain/statement/canonical.ts): inputs, assumptions and figures. Text, because the hash is of its bytes. */
        body: kit.text('body').notNull(),
        /** SHA-256 of `body`, hexadecimal. */
        hash: kit.text('hash').notNull(),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.uniqueIndex('statement_month').on(t.tenantId, t.month, t.revision),
      ],
    ),

    /** The last forecast of incidents and tickets; one row. */
    resetForecast: kit.table(
      'reset_forecast',
      {
        tenantId: tenantId(),
        /** Last day that it was made from. */
        day: day().notNull(),
        madeAt: kit.int('made_at').notNull(),
        /** What it was made with: another text makes it anew. */
        madeWith: kit.text('made_with').notNull(),
        /** domain/forecast/reset-outlook.ts */
        body: kit.json<unknown>('body').notNull(),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId] })],
    ),

    /** Failed verifications per day and per hour; method '' is all of them. */
    verificationCount: kit.table(
      'verification_count',
      {
        tenantId: tenantId(),
        /** day or hour */
        bucket: kit.text('bucket').notNull(),
        method: kit.text('method').notNull(),
        day: day().notNull(),
        /** UTC start of the hour; 0 for a day. */
        startAt: kit.int('start_at').notNull(),
        failed: count('failed'),
        /** Distinct known people, distinct non-empty addresses. */
        people: count('people'),
        addresses: count('addresses'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.bucket, t.method, t.day, t.startAt] }),
        kit.index('verification_count_day').on(t.tenantId, t.day),
      ],
    ),

    /** What else is watched, per day and per hour (domain/surveillance/series.ts); nothing where there was none. */
    watchedCount: kit.table(
      'watched_count',
      {
        tenantId: tenantId(),
        /** day or hour */
        bucket: kit.text('bucket').$type<'day' | 'hour'>().notNull(),
        series: kit.text('series').$type<SeriesName>().notNull(),
        day: day().notNull(),
        /** UTC start of the hour; 0 for a day. */
        startAt: kit.int('start_at').notNull(),
        count: count('count'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.bucket, t.series, t.day, t.startAt] }),
        kit.index('watched_count_day').on(t.tenantId, t.day),
      ],
    ),

    /** What was usual for a watched series on a collected day or hour, and how unusual it was. */
    watchedLevel: kit.table(
      'watched_level',
      {
        tenantId: tenantId(),
        /** day or hour */
        bucket: kit.text('bucket').$type<'day' | 'hour'>().notNull(),
        series: kit.text('series').$type<SeriesName>().notNull(),
        day: day().notNull(),
        /** UTC start of the hour; 0 for a day. */
        startAt: kit.int('start_at').notNull(),
        observed: count('observed'),
        /** Null, as the others: too little history before it. */
        expected: kit.real('expected'),
        /** From this count on it would be watched. */
        upper: kit.real('upper'),
        /** Chance of as unusual a count, over all windows. */
        p: kit.real('p'),
        /** Days or hours, this one last, that are most unusual together: 1, 3, 7; of hours 1, 3, 24. */
        window: kit.int('window'),
        /** Counts of that window, and what was expected of it. A slow spray's leave out hours that raised an alarm: they count as expected. */
        windowObserved: kit.real('window_observed'),
        windowExpected: kit.real('window_expected'),
        /** Of an hour: whether the last 24 hours raise an alarm as a slow spray. */
        slow: kit.bool('slow').notNull(),
        /** Of a day: what Farrington Flexible says of the week that ends on it; null: nothing. */
        farrington: kit.bool('farrington'),
        /** Hash of all counts it was judged from: with another one it is judged anew. */
        madeWith: kit.text('made_with').notNull(),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.bucket, t.series, t.day, t.startAt] }),
        // What may be unusual, without the years that were not.
        kit
          .index('watched_level_unusual')
          .on(t.tenantId, t.bucket, t.day)
          .where(sql`p < 0.05 or slow`),
      ],
    ),

    /** What the rules without statistics measured of a day: its largest values (domain/surveillance/rules). */
    ruleValue: kit.table(
      'rule_value',
      {
        tenantId: tenantId(),
        rule: kit.text('rule').$type<ThresholdRule>().notNull(),
        day: day().notNull(),
        /** An address, a person's or operator's object id, the code of a reason; '' where it is the tenant. */
        subject: kit.text('subject').notNull(),
        value: count('value'),
        /** First and last of what was counted. */
        startAt: kit.int('start_at').notNull(),
        endAt: kit.int('end_at').notNull(),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.rule, t.day, t.subject] }),
        kit.index('rule_value_day').on(t.tenantId, t.day),
      ],
    ),

    /** One row per episode. Never removed: what was raised stays in the history. */
    alert: kit.table(
      'alert',
      {
        tenantId: tenantId(),
        id: kit.int('id').notNull(),
        rule: kit.text('rule').$type<AlertRule>().notNull(),
        /** What it is about, where that is one thing: a reason, a person; '' else. */
        subject: kit.text('subject').notNull(),
        level: kit.text('level').$type<AlertLevel>().notNull(),
        queue: kit.text('queue').$type<Queue>().notNull(),
        startedAt: kit.int('started_at').notNull(),
        /** End of the last unusual hour or day, or instant of the last record that counted. */
        lastAt: kit.int('last_at').notNull(),
        /** Null: it lasts. */
        endedAt: kit.int('ended_at'),
        /** When it was first raised, and last changed, by the clock. */
        raisedAt: kit.int('raised_at').notNull(),
        updatedAt: kit.int('updated_at').notNull(),
        /** Later records took away what raised it. */
        withdrawnAt: kit.int('withdrawn_at'),
        /** Null: nobody has; likewise the snooze. */
        acknowledgedAt: kit.int('acknowledged_at'),
        acknowledgedBy: kit.text('acknowledged_by'),
        snoozedUntil: kit.int('snoozed_until'),
        /** The exclusion that keeps it quiet; null: none. */
        exclusionId: kit.int('exclusion_id'),
        /** Version of the surveillance settings that raised it. */
        settingsVersion: count('settings_version'),
        /** domain/surveillance/evidence.ts, without names. */
        evidence: kit.json<Evidence>('evidence').notNull(),
        /** Hash of the episode: with another one it is worked out anew. */
        madeWith: kit.text('made_with').notNull(),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.index('alert_time').on(t.tenantId, t.lastAt),
        kit.index('alert_lasts').on(t.tenantId, t.endedAt),
      ],
    ),

    /** What happened to an alert: raised, level raised, closed, acknowledged, snoozed … */
    alertEvent: kit.table(
      'alert_event',
      {
        tenantId: tenantId(),
        alertId: kit.int('alert_id').notNull(),
        /** From 1 for each alert. */
        number: kit.int('number').notNull(),
        at: kit.int('at').notNull(),
        kind: kit.text('kind').$type<AlertEventKind>().notNull(),
        /** Its level after it. */
        level: kit.text('level').$type<AlertLevel>().notNull(),
        /** As typed in; null: the product itself. */
        author: kit.text('author'),
        /** A note, a reason, until when; null: nothing to say. */
        text: kit.text('text'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.alertId, t.number] })],
    ),

    /** What no alert is to be sent about. Ended ones stay listed. */
    alertExclusion: kit.table(
      'alert_exclusion',
      {
        tenantId: tenantId(),
        id: kit.int('id').notNull(),
        /** Null: every rule. */
        rule: kit.text('rule').$type<AlertRule>(),
        /** address, person, operator, method, country, reason; null: the whole rule. */
        subjectKind: kit.text('subject_kind').$type<SubjectKind>(),
        subject: kit.text('subject'),
        reason: kit.text('reason').notNull(),
        author: kit.text('author').notNull(),
        createdAt: kit.int('created_at').notNull(),
        /** Instant from which it no longer holds. */
        untilAt: kit.int('until_at').notNull(),
        endedAt: kit.int('ended_at'),
        endedBy: kit.text('ended_by'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.id] })],
    ),

    /** What alerts are raised by; a change is a new version. Version 0 is the defaults, which no row holds. */
    surveillanceSettings: kit.table(
      'surveillance_settings',
      {
        tenantId: tenantId(),
        version: kit.int('version').notNull(),
        madeAt: kit.int('made_at').notNull(),
        author: kit.text('author').notNull(),
        note: kit.text('note'),
        body: kit.json<SurveillanceSettings>('body').notNull(),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.version] })],
    ),

    /** Up to where alerts were worked out; one row. */
    surveillanceState: kit.table(
      'surveillance_state',
      {
        tenantId: tenantId(),
        /** As-of at the last time. */
        asOf: kit.int('as_of').notNull(),
        /** Version of the settings then. */
        settingsVersion: count('settings_version'),
        /** Alerts before this day are history: other settings no longer change them. */
        since: day('since').notNull(),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId] })],
    ),

    /** Where alerts are sent to. */
    channel: kit.table(
      'channel',
      {
        tenantId: tenantId(),
        id: kit.int('id').notNull(),
        kind: kit.text('kind').$type<ChannelKind>().notNull(),
        name: kit.text('name').notNull(),
        /** domain/alerting/channel.ts: which levels and rules, quiet hours, names or not. */
        body: kit.json<ChannelBody>('body').notNull(),
        /** Address of a webhook with what is secret in it, and the key it is signed with: sealed, the key is not in the database. */
        secrets: kit.json<SealedSecrets>('secrets').notNull(),
        on: kit.bool('on').notNull(),
        createdAt: kit.int('created_at').notNull(),
        changedAt: kit.int('changed_at').notNull(),
        /** Removed ones keep their deliveries' name. */
        removedAt: kit.int('removed_at'),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId, t.id] })],
    ),

    /** The outbox: written together with the change of the alert, sent afterwards. */
    delivery: kit.table(
      'delivery',
      {
        tenantId: tenantId(),
        /** The same in every repeat, so that a receiver can tell one. */
        id: kit.text('id').notNull(),
        channelId: kit.int('channel_id').notNull(),
        /** Null: a test. */
        alertId: kit.int('alert_id'),
        kind: kit.text('kind').$type<DeliveryKind>().notNull(),
        /** domain/alerting/message.ts: what is said, without names. */
        message: kit.json<AlertMessage>('message').notNull(),
        /** waiting, sent, dead, dropped (its channel was removed, or something newer of its alert was sent) */
        state: kit.text('state').$type<DeliveryState>().notNull(),
        attempts: count('attempts'),
        createdAt: kit.int('created_at').notNull(),
        /** Not before. */
        nextAt: kit.int('next_at').notNull(),
        sentAt: kit.int('sent_at'),
        /** Why the last attempt failed, in a sentence without secrets. */
        lastError: kit.text('last_error'),
      },
      (t) => [
        kit.primaryKey({ columns: [t.tenantId, t.id] }),
        kit.index('delivery_due').on(t.tenantId, t.state, t.nextAt),
        kit.index('delivery_alert').on(t.tenantId, t.alertId),
      ],
    ),

    /** How expected helpdesk calls were worked out last; one row. */
    priorityModel: kit.table(
      'priority_model',
      {
        tenantId: tenantId(),
        day: day().notNull(),
        madeAt: kit.int('made_at').notNull(),
        /** domain/priority: weights, concentration, backtest. */
        body: kit.json<unknown>('body').notNull(),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId] })],
    ),

    /** The last forecast of coverage; one row. */
    coverageForecast: kit.table(
      'coverage_forecast',
      {
        tenantId: tenantId(),
        /** Day of the snapshot it starts from. */
        day: day().notNull(),
        madeAt: kit.int('made_at').notNull(),
        /** What it was made with (snapshot, campaigns): another text makes it anew. */
        madeWith: kit.text('made_with').notNull(),
        /** domain/forecast: bands, arrivals, model. */
        body: kit.json<unknown>('body').notNull(),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId] })],
    ),

    /** As of when the reset figures stand. */
    rollupState: kit.table(
      'rollup_state',
      {
        tenantId: tenantId(),
        /** Upper bound of the last gap-free window read by `resets`; null: never. */
        asOf: kit.int('as_of'),
        /** What the figures were made with: a change makes everything be rebuilt. */
        madeWith: kit.text('made_with').notNull(),
      },
      (t) => [kit.primaryKey({ columns: [t.tenantId] })],
    ),
  };
};

export type Schema = ReturnType<typeof defineSchema>;
