CREATE TABLE "alert" (
	"tenant_id" bigint NOT NULL,
	"id" bigint NOT NULL,
	"rule" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"level" text COLLATE "C" NOT NULL,
	"queue" text COLLATE "C" NOT NULL,
	"started_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"ended_at" bigint,
	"raised_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"withdrawn_at" bigint,
	"acknowledged_at" bigint,
	"acknowledged_by" text COLLATE "C",
	"snoozed_until" bigint,
	"exclusion_id" bigint,
	"settings_version" bigint NOT NULL,
	"evidence" jsonb NOT NULL,
	"made_with" text COLLATE "C" NOT NULL,
	CONSTRAINT "alert_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "alert_event" (
	"tenant_id" bigint NOT NULL,
	"alert_id" bigint NOT NULL,
	"number" bigint NOT NULL,
	"at" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"level" text COLLATE "C" NOT NULL,
	"author" text COLLATE "C",
	"text" text COLLATE "C",
	CONSTRAINT "alert_event_tenant_id_alert_id_number_pk" PRIMARY KEY("tenant_id","alert_id","number")
);
--> statement-breakpoint
CREATE TABLE "alert_exclusion" (
	"tenant_id" bigint NOT NULL,
	"id" bigint NOT NULL,
	"rule" text COLLATE "C",
	"subject_kind" text COLLATE "C",
	"subject" text COLLATE "C",
	"reason" text COLLATE "C" NOT NULL,
	"author" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"until_at" bigint NOT NULL,
	"ended_at" bigint,
	"ended_by" text COLLATE "C",
	CONSTRAINT "alert_exclusion_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "channel" (
	"tenant_id" bigint NOT NULL,
	"id" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"body" jsonb NOT NULL,
	"secrets" jsonb NOT NULL,
	"on" boolean NOT NULL,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"removed_at" bigint,
	CONSTRAINT "channel_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "delivery" (
	"tenant_id" bigint NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"channel_id" bigint NOT NULL,
	"alert_id" bigint,
	"kind" text COLLATE "C" NOT NULL,
	"message" jsonb NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"attempts" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"next_at" bigint NOT NULL,
	"sent_at" bigint,
	"last_error" text COLLATE "C",
	CONSTRAINT "delivery_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "rule_value" (
	"tenant_id" bigint NOT NULL,
	"rule" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"value" bigint NOT NULL,
	"start_at" bigint NOT NULL,
	"end_at" bigint NOT NULL,
	CONSTRAINT "rule_value_tenant_id_rule_day_subject_pk" PRIMARY KEY("tenant_id","rule","day","subject")
);
--> statement-breakpoint
CREATE TABLE "surveillance_settings" (
	"tenant_id" bigint NOT NULL,
	"version" bigint NOT NULL,
	"made_at" bigint NOT NULL,
	"author" text COLLATE "C" NOT NULL,
	"note" text COLLATE "C",
	"body" jsonb NOT NULL,
	CONSTRAINT "surveillance_settings_tenant_id_version_pk" PRIMARY KEY("tenant_id","version")
);
--> statement-breakpoint
CREATE TABLE "surveillance_state" (
	"tenant_id" bigint NOT NULL,
	"as_of" bigint NOT NULL,
	"settings_version" bigint NOT NULL,
	"since" text COLLATE "C" NOT NULL,
	CONSTRAINT "surveillance_state_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
CREATE TABLE "watched_count" (
	"tenant_id" bigint NOT NULL,
	"bucket" text COLLATE "C" NOT NULL,
	"series" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"start_at" bigint NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "watched_count_tenant_id_bucket_series_day_start_at_pk" PRIMARY KEY("tenant_id","bucket","series","day","start_at")
);
--> statement-breakpoint
CREATE TABLE "watched_level" (
	"tenant_id" bigint NOT NULL,
	"bucket" text COLLATE "C" NOT NULL,
	"series" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"start_at" bigint NOT NULL,
	"observed" bigint NOT NULL,
	"expected" double precision,
	"upper" double precision,
	"p" double precision,
	"window" bigint,
	"window_observed" double precision,
	"window_expected" double precision,
	"slow" boolean NOT NULL,
	"farrington" boolean,
	"made_with" text COLLATE "C" NOT NULL,
	CONSTRAINT "watched_level_tenant_id_bucket_series_day_start_at_pk" PRIMARY KEY("tenant_id","bucket","series","day","start_at")
);
--> statement-breakpoint
CREATE INDEX "alert_time" ON "alert" USING btree ("tenant_id","last_at");--> statement-breakpoint
CREATE INDEX "alert_lasts" ON "alert" USING btree ("tenant_id","ended_at");--> statement-breakpoint
CREATE INDEX "delivery_due" ON "delivery" USING btree ("tenant_id","state","next_at");--> statement-breakpoint
CREATE INDEX "delivery_alert" ON "delivery" USING btree ("tenant_id","alert_id");--> statement-breakpoint
CREATE INDEX "rule_value_day" ON "rule_value" USING btree ("tenant_id","day");--> statement-breakpoint
CREATE INDEX "watched_count_day" ON "watched_count" USING btree ("tenant_id","day");--> statement-breakpoint
CREATE INDEX "watched_level_unusual" ON "watched_level" USING btree ("tenant_id","bucket","day") WHERE p < 0.05 or slow;