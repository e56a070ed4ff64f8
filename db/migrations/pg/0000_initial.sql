CREATE TABLE "admin_reset" (
	"tenant_id" bigint NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C",
	"occurred_at" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"incident_id" text COLLATE "C",
	"bypass_id" text COLLATE "C",
	"settling" boolean NOT NULL,
	CONSTRAINT "admin_reset_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit_record" (
	"tenant_id" bigint NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"feed" text COLLATE "C" NOT NULL,
	"occurred_at" bigint NOT NULL,
	"occurred_text" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"activity" text COLLATE "C" NOT NULL,
	"service" text COLLATE "C" NOT NULL,
	"category" text COLLATE "C",
	"operation_type" text COLLATE "C",
	"result" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C",
	"correlation_id" text COLLATE "C",
	"target_id" text COLLATE "C",
	"initiator_id" text COLLATE "C",
	"initiator_kind" text COLLATE "C" NOT NULL,
	"address" text COLLATE "C",
	"on_premises_agent" text COLLATE "C",
	"user_agent" text COLLATE "C",
	"flow_id" text COLLATE "C",
	"mark" text COLLATE "C",
	CONSTRAINT "audit_record_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "day_dirty" (
	"tenant_id" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	CONSTRAINT "day_dirty_tenant_id_day_pk" PRIMARY KEY("tenant_id","day")
);
--> statement-breakpoint
CREATE TABLE "domain" (
	"tenant_id" bigint NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"password_validity_days" bigint,
	"is_default" boolean,
	"is_verified" boolean,
	CONSTRAINT "domain_tenant_id_name_pk" PRIMARY KEY("tenant_id","name")
);
--> statement-breakpoint
CREATE TABLE "failed_verification" (
	"tenant_id" bigint NOT NULL,
	"flow_id" text COLLATE "C" NOT NULL,
	"method" text COLLATE "C" NOT NULL,
	"failed_at" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C",
	"address" text COLLATE "C",
	CONSTRAINT "failed_verification_tenant_id_flow_id_method_pk" PRIMARY KEY("tenant_id","flow_id","method")
);
--> statement-breakpoint
CREATE TABLE "feed" (
	"tenant_id" bigint NOT NULL,
	"feed" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C",
	"last_complete_at" bigint,
	"stored" bigint,
	"newest_record_at" bigint,
	"held_at" bigint,
	"held_people" bigint,
	"ask_again_at" bigint,
	"full_read_at" bigint,
	"week_read_at" bigint,
	CONSTRAINT "feed_tenant_id_feed_pk" PRIMARY KEY("tenant_id","feed")
);
--> statement-breakpoint
CREATE TABLE "feed_window" (
	"tenant_id" bigint NOT NULL,
	"feed" text COLLATE "C" NOT NULL,
	"since_at" bigint NOT NULL,
	"until_at" bigint NOT NULL,
	CONSTRAINT "feed_window_tenant_id_feed_since_at_pk" PRIMARY KEY("tenant_id","feed","since_at")
);
--> statement-breakpoint
CREATE TABLE "flow" (
	"tenant_id" bigint NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C",
	"started_at" bigint NOT NULL,
	"started_text" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"last_at" bigint NOT NULL,
	"succeeded_at" bigint,
	"outcome" text COLLATE "C" NOT NULL,
	"records" bigint NOT NULL,
	CONSTRAINT "flow_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "flow_dirty" (
	"tenant_id" bigint NOT NULL,
	"flow_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "flow_dirty_tenant_id_flow_id_pk" PRIMARY KEY("tenant_id","flow_id")
);
--> statement-breakpoint
CREATE TABLE "graph_total" (
	"tenant_id" bigint NOT NULL,
	"snapshot_id" bigint NOT NULL,
	"user_types" text COLLATE "C" NOT NULL,
	"feature" text COLLATE "C" NOT NULL,
	"people" bigint NOT NULL,
	CONSTRAINT "graph_total_tenant_id_snapshot_id_user_types_feature_pk" PRIMARY KEY("tenant_id","snapshot_id","user_types","feature")
);
--> statement-breakpoint
CREATE TABLE "incident" (
	"tenant_id" bigint NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C",
	"started_at" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"last_at" bigint NOT NULL,
	"outcome" text COLLATE "C" NOT NULL,
	"settling" boolean NOT NULL,
	"flows" bigint NOT NULL,
	"admin_resets" bigint NOT NULL,
	CONSTRAINT "incident_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "job_run" (
	"tenant_id" bigint NOT NULL,
	"id" bigint NOT NULL,
	"feed" text COLLATE "C" NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"state" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C",
	"pages" bigint NOT NULL,
	"received" bigint NOT NULL,
	"added" bigint NOT NULL,
	"changed" bigint NOT NULL,
	"rejected" bigint NOT NULL,
	CONSTRAINT "job_run_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "lease" (
	"tenant_id" bigint NOT NULL,
	"job" text COLLATE "C" NOT NULL,
	"holder" text COLLATE "C" NOT NULL,
	"fence" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"doing" text COLLATE "C",
	"done_of_1000" bigint,
	CONSTRAINT "lease_tenant_id_job_pk" PRIMARY KEY("tenant_id","job")
);
--> statement-breakpoint
CREATE TABLE "person" (
	"tenant_id" bigint NOT NULL,
	"id" bigint NOT NULL,
	"object_id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C",
	"user_principal_name" text COLLATE "C",
	"sort_name" text COLLATE "C" NOT NULL,
	"search_text" text COLLATE "C" NOT NULL,
	"department" text COLLATE "C",
	"country" text COLLATE "C",
	"office" text COLLATE "C",
	"company" text COLLATE "C",
	"created_at" bigint,
	"account_enabled" boolean,
	"password_changed_at" bigint,
	"password_policies" text COLLATE "C",
	"on_premises_synced" boolean,
	"in_directory" boolean,
	"kind" text COLLATE "C",
	"state_id" bigint,
	"reason" text COLLATE "C",
	"is_admin" boolean,
	CONSTRAINT "person_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "person_dirty" (
	"tenant_id" bigint NOT NULL,
	"who" text COLLATE "C" NOT NULL,
	CONSTRAINT "person_dirty_tenant_id_who_pk" PRIMARY KEY("tenant_id","who")
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"tenant_id" bigint NOT NULL,
	"feed" text COLLATE "C" NOT NULL,
	"record_hash" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"first_seen_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	CONSTRAINT "quarantine_tenant_id_feed_record_hash_pk" PRIMARY KEY("tenant_id","feed","record_hash")
);
--> statement-breakpoint
CREATE TABLE "registration_change" (
	"tenant_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"snapshot_id" bigint NOT NULL,
	"state_id" bigint,
	CONSTRAINT "registration_change_tenant_id_person_id_snapshot_id_pk" PRIMARY KEY("tenant_id","person_id","snapshot_id")
);
--> statement-breakpoint
CREATE TABLE "registration_count" (
	"tenant_id" bigint NOT NULL,
	"dimension" text COLLATE "C" NOT NULL,
	"value" text COLLATE "C" NOT NULL,
	"snapshot_id" bigint NOT NULL,
	"population" bigint NOT NULL,
	"enabled" bigint NOT NULL,
	"registered" bigint NOT NULL,
	"capable" bigint NOT NULL,
	"mfa_capable" bigint NOT NULL,
	CONSTRAINT "registration_count_tenant_id_dimension_value_snapshot_id_pk" PRIMARY KEY("tenant_id","dimension","value","snapshot_id"),
	CONSTRAINT "capable_is_part_of_population" CHECK ("registration_count"."capable" <= "registration_count"."population"),
	CONSTRAINT "registered_is_part_of_population" CHECK ("registration_count"."registered" <= "registration_count"."population"),
	CONSTRAINT "enabled_is_part_of_population" CHECK ("registration_count"."enabled" <= "registration_count"."population")
);
--> statement-breakpoint
CREATE TABLE "registration_depth" (
	"tenant_id" bigint NOT NULL,
	"snapshot_id" bigint NOT NULL,
	"families" bigint NOT NULL,
	"people" bigint NOT NULL,
	CONSTRAINT "registration_depth_tenant_id_snapshot_id_families_pk" PRIMARY KEY("tenant_id","snapshot_id","families")
);
--> statement-breakpoint
CREATE TABLE "registration_method" (
	"tenant_id" bigint NOT NULL,
	"snapshot_id" bigint NOT NULL,
	"method" text COLLATE "C" NOT NULL,
	"people" bigint NOT NULL,
	CONSTRAINT "registration_method_tenant_id_snapshot_id_method_pk" PRIMARY KEY("tenant_id","snapshot_id","method")
);
--> statement-breakpoint
CREATE TABLE "registration_pending" (
	"tenant_id" bigint NOT NULL,
	"snapshot_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"state_id" bigint,
	CONSTRAINT "registration_pending_tenant_id_snapshot_id_person_id_pk" PRIMARY KEY("tenant_id","snapshot_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "registration_snapshot" (
	"tenant_id" bigint NOT NULL,
	"id" bigint NOT NULL,
	"taken_at" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"last_of_day" boolean NOT NULL,
	"people" bigint NOT NULL,
	"rejected" bigint NOT NULL,
	"unknown_admin" bigint NOT NULL,
	CONSTRAINT "registration_snapshot_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "registration_state" (
	"tenant_id" bigint NOT NULL,
	"id" bigint NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"admin" boolean,
	"enabled" boolean,
	"registered" boolean,
	"capable" boolean,
	"mfa_capable" boolean,
	"methods" jsonb,
	"user_type" text COLLATE "C",
	"user_class" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"families" bigint NOT NULL,
	CONSTRAINT "registration_state_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "reset_daily" (
	"tenant_id" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"started" bigint NOT NULL,
	"completed" bigint NOT NULL,
	"unlocked" bigint NOT NULL,
	"contacted_admin" bigint NOT NULL,
	"blocked" bigint NOT NULL,
	"not_entitled" bigint NOT NULL,
	"failed" bigint NOT NULL,
	"cancelled" bigint NOT NULL,
	"abandoned" bigint NOT NULL,
	"in_progress" bigint NOT NULL,
	"self_served_first" bigint NOT NULL,
	"self_served_retry" bigint NOT NULL,
	"fell_back" bigint NOT NULL,
	"incidents_abandoned" bigint NOT NULL,
	"settling" bigint NOT NULL,
	"admin_resets" bigint NOT NULL,
	"bypasses" bigint NOT NULL,
	"settling_bypasses" bigint NOT NULL,
	"reset_ms" jsonb NOT NULL,
	CONSTRAINT "reset_daily_tenant_id_day_pk" PRIMARY KEY("tenant_id","day"),
	CONSTRAINT "flows_add_up" CHECK ("reset_daily"."started" = "reset_daily"."completed" + "reset_daily"."unlocked" + "reset_daily"."contacted_admin" + "reset_daily"."blocked" + "reset_daily"."not_entitled" + "reset_daily"."failed" + "reset_daily"."cancelled" + "reset_daily"."abandoned" + "reset_daily"."in_progress")
);
--> statement-breakpoint
CREATE TABLE "rollup_state" (
	"tenant_id" bigint NOT NULL,
	"as_of" bigint,
	"made_with" text COLLATE "C" NOT NULL,
	CONSTRAINT "rollup_state_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"tenant_id" bigint NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"value" text COLLATE "C" NOT NULL,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "setting_tenant_id_name_pk" PRIMARY KEY("tenant_id","name")
);
--> statement-breakpoint
CREATE TABLE "tenant" (
	"id" bigint NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"origin" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C",
	"time_zone" text COLLATE "C" NOT NULL,
	"sample" boolean NOT NULL,
	"pinned_at" bigint NOT NULL,
	CONSTRAINT "tenant_id_pk" PRIMARY KEY("id")
);
--> statement-breakpoint
CREATE TABLE "verification_count" (
	"tenant_id" bigint NOT NULL,
	"bucket" text COLLATE "C" NOT NULL,
	"method" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"start_at" bigint NOT NULL,
	"failed" bigint NOT NULL,
	"people" bigint NOT NULL,
	"addresses" bigint NOT NULL,
	CONSTRAINT "verification_count_tenant_id_bucket_method_day_start_at_pk" PRIMARY KEY("tenant_id","bucket","method","day","start_at")
);
--> statement-breakpoint
CREATE TABLE "verification_step" (
	"tenant_id" bigint NOT NULL,
	"flow_id" text COLLATE "C" NOT NULL,
	"method" text COLLATE "C" NOT NULL,
	"started_at" bigint NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"passed" boolean NOT NULL,
	CONSTRAINT "verification_step_tenant_id_flow_id_method_pk" PRIMARY KEY("tenant_id","flow_id","method")
);
--> statement-breakpoint
CREATE INDEX "admin_reset_person" ON "admin_reset" USING btree ("tenant_id","person_id");--> statement-breakpoint
CREATE INDEX "admin_reset_day" ON "admin_reset" USING btree ("tenant_id","day");--> statement-breakpoint
CREATE INDEX "admin_reset_settling" ON "admin_reset" USING btree ("tenant_id","settling","occurred_at");--> statement-breakpoint
CREATE INDEX "audit_record_flow" ON "audit_record" USING btree ("tenant_id","flow_id");--> statement-breakpoint
CREATE INDEX "audit_record_mark" ON "audit_record" USING btree ("tenant_id","mark","occurred_at");--> statement-breakpoint
CREATE INDEX "audit_record_target" ON "audit_record" USING btree ("tenant_id","target_id","occurred_at");--> statement-breakpoint
CREATE INDEX "failed_verification_day" ON "failed_verification" USING btree ("tenant_id","day");--> statement-breakpoint
CREATE INDEX "failed_verification_time" ON "failed_verification" USING btree ("tenant_id","failed_at");--> statement-breakpoint
CREATE INDEX "flow_person" ON "flow" USING btree ("tenant_id","person_id","started_at");--> statement-breakpoint
CREATE INDEX "flow_day" ON "flow" USING btree ("tenant_id","day");--> statement-breakpoint
CREATE INDEX "flow_outcome" ON "flow" USING btree ("tenant_id","outcome","last_at");--> statement-breakpoint
CREATE INDEX "incident_person" ON "incident" USING btree ("tenant_id","person_id");--> statement-breakpoint
CREATE INDEX "incident_day" ON "incident" USING btree ("tenant_id","day");--> statement-breakpoint
CREATE INDEX "incident_settling" ON "incident" USING btree ("tenant_id","settling","last_at");--> statement-breakpoint
CREATE INDEX "job_run_feed" ON "job_run" USING btree ("tenant_id","feed","id");--> statement-breakpoint
CREATE UNIQUE INDEX "person_object" ON "person" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "person_list" ON "person" USING btree ("tenant_id","kind","sort_name","object_id","state_id") WHERE kind is not null;--> statement-breakpoint
CREATE INDEX "person_reason" ON "person" USING btree ("tenant_id","kind","reason","sort_name","object_id") WHERE kind is not null;--> statement-breakpoint
CREATE INDEX "person_admin" ON "person" USING btree ("tenant_id","kind","is_admin","sort_name","object_id") WHERE kind is not null;--> statement-breakpoint
CREATE INDEX "person_department" ON "person" USING btree ("tenant_id","kind","department","sort_name","object_id") WHERE kind is not null;--> statement-breakpoint
CREATE INDEX "person_country" ON "person" USING btree ("tenant_id","kind","country","sort_name","object_id") WHERE kind is not null;--> statement-breakpoint
CREATE INDEX "registration_count_snapshot" ON "registration_count" USING btree ("tenant_id","snapshot_id","dimension");--> statement-breakpoint
CREATE INDEX "registration_snapshot_day" ON "registration_snapshot" USING btree ("tenant_id","last_of_day","day");--> statement-breakpoint
CREATE UNIQUE INDEX "registration_state_key" ON "registration_state" USING btree ("tenant_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "tenant_key" ON "tenant" USING btree ("key");