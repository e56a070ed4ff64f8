CREATE TABLE "annotation" (
	"tenant_id" bigint NOT NULL,
	"id" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"last_day" text COLLATE "C",
	"kind" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"author" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "annotation_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "coverage_forecast" (
	"tenant_id" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"made_at" bigint NOT NULL,
	"made_with" text COLLATE "C" NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "coverage_forecast_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
CREATE TABLE "exclusion" (
	"tenant_id" bigint NOT NULL,
	"id" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"field" text COLLATE "C",
	"match" text COLLATE "C",
	"value" text COLLATE "C",
	"reason" text COLLATE "C" NOT NULL,
	"author" text COLLATE "C" NOT NULL,
	"set_at" bigint NOT NULL,
	"first_day" text COLLATE "C" NOT NULL,
	"until_day" text COLLATE "C",
	"end_day" text COLLATE "C",
	"ended_at" bigint,
	CONSTRAINT "exclusion_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "people_edition" (
	"tenant_id" bigint NOT NULL,
	"edition" bigint NOT NULL,
	"exclusions_day" text COLLATE "C",
	CONSTRAINT "people_edition_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
CREATE TABLE "person_cell" (
	"tenant_id" bigint NOT NULL,
	"id" bigint NOT NULL,
	"people" bigint NOT NULL,
	"edition" bigint NOT NULL,
	CONSTRAINT "person_cell_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "people_are_counted" CHECK ("person_cell"."people" >= 0)
);
--> statement-breakpoint
CREATE TABLE "person_exclusion" (
	"tenant_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"exclusion_id" bigint NOT NULL,
	"first_day" text COLLATE "C" NOT NULL,
	"end_day" text COLLATE "C",
	CONSTRAINT "person_exclusion_tenant_id_person_id_exclusion_id_first_day_pk" PRIMARY KEY("tenant_id","person_id","exclusion_id","first_day")
);
--> statement-breakpoint
CREATE TABLE "person_note" (
	"tenant_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"note" text COLLATE "C",
	"done" boolean NOT NULL,
	"author" text COLLATE "C" NOT NULL,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "person_note_tenant_id_person_id_pk" PRIMARY KEY("tenant_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "person_segment" (
	"tenant_id" bigint NOT NULL,
	"id" bigint NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"department" text COLLATE "C",
	"country" text COLLATE "C",
	CONSTRAINT "person_segment_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "priority_model" (
	"tenant_id" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"made_at" bigint NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "priority_model_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
CREATE TABLE "registration_family" (
	"tenant_id" bigint NOT NULL,
	"snapshot_id" bigint NOT NULL,
	"family" text COLLATE "C" NOT NULL,
	"people" bigint NOT NULL,
	"only_this" bigint NOT NULL,
	CONSTRAINT "registration_family_tenant_id_snapshot_id_family_pk" PRIMARY KEY("tenant_id","snapshot_id","family")
);
--> statement-breakpoint
CREATE TABLE "registration_move" (
	"tenant_id" bigint NOT NULL,
	"snapshot_id" bigint NOT NULL,
	"gained" bigint NOT NULL,
	"lost" bigint NOT NULL,
	"arrived" bigint NOT NULL,
	"departed" bigint NOT NULL,
	CONSTRAINT "registration_move_tenant_id_snapshot_id_pk" PRIMARY KEY("tenant_id","snapshot_id")
);
--> statement-breakpoint
CREATE TABLE "registration_state_count" (
	"tenant_id" bigint NOT NULL,
	"snapshot_id" bigint NOT NULL,
	"state_id" bigint NOT NULL,
	"people" bigint NOT NULL,
	CONSTRAINT "registration_state_count_tenant_id_snapshot_id_state_id_pk" PRIMARY KEY("tenant_id","snapshot_id","state_id")
);
--> statement-breakpoint
DROP INDEX "person_reason";--> statement-breakpoint
DROP INDEX "person_admin";--> statement-breakpoint
DROP INDEX "person_department";--> statement-breakpoint
DROP INDEX "person_country";--> statement-breakpoint
DROP INDEX "person_list";--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "state_day" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "manager_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "last_sign_in_at" bigint;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "excluded" boolean;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "cell_id" bigint;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "call_order" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "annotation_day" ON "annotation" USING btree ("tenant_id","day");--> statement-breakpoint
CREATE INDEX "person_cell_edition" ON "person_cell" USING btree ("tenant_id","edition");--> statement-breakpoint
CREATE INDEX "person_exclusion_by" ON "person_exclusion" USING btree ("tenant_id","exclusion_id","person_id");--> statement-breakpoint
CREATE INDEX "person_note_done" ON "person_note" USING btree ("tenant_id","done","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "person_segment_key" ON "person_segment" USING btree ("tenant_id","key");--> statement-breakpoint
CREATE INDEX "person_calls" ON "person" USING btree ("tenant_id","kind","call_order","sort_name","object_id","cell_id","id") WHERE kind is not null;--> statement-breakpoint
CREATE INDEX "person_cell_people" ON "person" USING btree ("tenant_id","cell_id") WHERE cell_id is not null;--> statement-breakpoint
CREATE INDEX "person_uncounted" ON "person" USING btree ("tenant_id","id") WHERE kind is not null and cell_id is null;--> statement-breakpoint
CREATE INDEX "person_state" ON "person" USING btree ("tenant_id","kind","state_id","department","country","cell_id") WHERE kind is not null;--> statement-breakpoint
CREATE INDEX "person_manager" ON "person" USING btree ("tenant_id","manager_id","cell_id") WHERE cell_id is not null;--> statement-breakpoint
CREATE INDEX "person_created" ON "person" USING btree ("tenant_id","created_at") WHERE created_at is not null;--> statement-breakpoint
CREATE INDEX "registration_change_snapshot" ON "registration_change" USING btree ("tenant_id","snapshot_id","person_id");--> statement-breakpoint
CREATE INDEX "person_list" ON "person" USING btree ("tenant_id","kind","sort_name","object_id","cell_id","id") WHERE kind is not null;