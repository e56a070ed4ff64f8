CREATE TABLE "assumptions" (
	"tenant_id" bigint NOT NULL,
	"version" bigint NOT NULL,
	"made_at" bigint NOT NULL,
	"author" text COLLATE "C" NOT NULL,
	"note" text COLLATE "C",
	"body" jsonb NOT NULL,
	CONSTRAINT "assumptions_tenant_id_version_pk" PRIMARY KEY("tenant_id","version")
);
--> statement-breakpoint
CREATE TABLE "holiday" (
	"tenant_id" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	CONSTRAINT "holiday_tenant_id_day_pk" PRIMARY KEY("tenant_id","day")
);
--> statement-breakpoint
CREATE TABLE "method_switch" (
	"tenant_id" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"from_method" text COLLATE "C" NOT NULL,
	"to_method" text COLLATE "C" NOT NULL,
	"flows" bigint NOT NULL,
	CONSTRAINT "method_switch_tenant_id_day_from_method_to_method_pk" PRIMARY KEY("tenant_id","day","from_method","to_method")
);
--> statement-breakpoint
CREATE TABLE "password_change" (
	"tenant_id" bigint NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C",
	"occurred_at" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"succeeded" boolean NOT NULL,
	"reason" text COLLATE "C",
	"agent" text COLLATE "C",
	CONSTRAINT "password_change_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "reset_forecast" (
	"tenant_id" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"made_at" bigint NOT NULL,
	"made_with" text COLLATE "C" NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "reset_forecast_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
CREATE TABLE "reset_hour" (
	"tenant_id" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"hour" bigint NOT NULL,
	"flows" bigint NOT NULL,
	"incidents" bigint NOT NULL,
	"self_served" bigint NOT NULL,
	CONSTRAINT "reset_hour_tenant_id_day_hour_pk" PRIMARY KEY("tenant_id","day","hour")
);
--> statement-breakpoint
CREATE TABLE "reset_stage" (
	"tenant_id" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"method" text COLLATE "C" NOT NULL,
	"stage" bigint NOT NULL,
	"flows" bigint NOT NULL,
	"in_progress" bigint NOT NULL,
	CONSTRAINT "reset_stage_tenant_id_day_method_stage_pk" PRIMARY KEY("tenant_id","day","method","stage")
);
--> statement-breakpoint
CREATE TABLE "statement" (
	"tenant_id" bigint NOT NULL,
	"id" bigint NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"revision" bigint NOT NULL,
	"made_at" bigint NOT NULL,
	"author" text COLLATE "C" NOT NULL,
	"assumptions_version" bigint NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "statement_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "ticket" (
	"tenant_id" bigint NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"import_id" bigint NOT NULL,
	CONSTRAINT "ticket_tenant_id_number_pk" PRIMARY KEY("tenant_id","number")
);
--> statement-breakpoint
CREATE TABLE "ticket_count" (
	"tenant_id" bigint NOT NULL,
	"import_id" bigint NOT NULL,
	"first_day" text COLLATE "C" NOT NULL,
	"last_day" text COLLATE "C" NOT NULL,
	"password" bigint NOT NULL,
	"other" bigint,
	CONSTRAINT "ticket_count_tenant_id_import_id_first_day_pk" PRIMARY KEY("tenant_id","import_id","first_day")
);
--> statement-breakpoint
CREATE TABLE "ticket_import" (
	"tenant_id" bigint NOT NULL,
	"id" bigint NOT NULL,
	"label" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"mapping" jsonb NOT NULL,
	"first_day" text COLLATE "C" NOT NULL,
	"last_day" text COLLATE "C" NOT NULL,
	"rows" bigint NOT NULL,
	"password_tickets" bigint NOT NULL,
	"other_tickets" bigint,
	"known" bigint NOT NULL,
	"refused" bigint NOT NULL,
	"refusals" jsonb NOT NULL,
	"author" text COLLATE "C" NOT NULL,
	"imported_at" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"undone_at" bigint,
	"undone_by" text COLLATE "C",
	CONSTRAINT "ticket_import_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
DROP INDEX "incident_person";--> statement-breakpoint
DROP INDEX "incident_day";--> statement-breakpoint
ALTER TABLE "admin_reset" ADD COLUMN "operator_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "admin_reset" ADD COLUMN "agent" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "stage" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "reason" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "owner" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "agent" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "hour" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "incident_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "kind" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "next_at" bigint;--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "hour" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "reset_daily" ADD COLUMN "served_reset" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "reset_daily" ADD COLUMN "served_unlock" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "verification_step" ADD COLUMN "switched_from" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "password_change_day" ON "password_change" USING btree ("tenant_id","day");--> statement-breakpoint
CREATE INDEX "password_change_person" ON "password_change" USING btree ("tenant_id","person_id","occurred_at");--> statement-breakpoint
CREATE UNIQUE INDEX "statement_month" ON "statement" USING btree ("tenant_id","month","revision");--> statement-breakpoint
CREATE INDEX "ticket_import_tickets" ON "ticket" USING btree ("tenant_id","import_id");--> statement-breakpoint
CREATE INDEX "ticket_count_day" ON "ticket_count" USING btree ("tenant_id","first_day");--> statement-breakpoint
CREATE INDEX "flow_incident" ON "flow" USING btree ("tenant_id","incident_id");--> statement-breakpoint
CREATE INDEX "flow_lost" ON "flow" USING btree ("tenant_id","day","reason","owner","person_id","incident_id") WHERE reason is not null;--> statement-breakpoint
CREATE INDEX "person_synced" ON "person" USING btree ("tenant_id") WHERE on_premises_synced;--> statement-breakpoint
CREATE INDEX "verification_step_day" ON "verification_step" USING btree ("tenant_id","day","method");--> statement-breakpoint
CREATE INDEX "verification_step_switch" ON "verification_step" USING btree ("tenant_id","day","switched_from","method","flow_id") WHERE switched_from is not null;--> statement-breakpoint
CREATE INDEX "incident_person" ON "incident" USING btree ("tenant_id","person_id","started_at");--> statement-breakpoint
CREATE INDEX "incident_day" ON "incident" USING btree ("tenant_id","day","settling","outcome","started_at","next_at","person_id");