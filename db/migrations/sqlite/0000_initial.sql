CREATE TABLE `admin_reset` (
	`tenant_id` integer NOT NULL,
	`id` text NOT NULL,
	`person_id` text,
	`occurred_at` integer NOT NULL,
	`day` text NOT NULL,
	`kind` text NOT NULL,
	`incident_id` text,
	`bypass_id` text,
	`settling` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `admin_reset_person` ON `admin_reset` (`tenant_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `admin_reset_day` ON `admin_reset` (`tenant_id`,`day`);--> statement-breakpoint
CREATE INDEX `admin_reset_settling` ON `admin_reset` (`tenant_id`,`settling`,`occurred_at`);--> statement-breakpoint
CREATE TABLE `audit_record` (
	`tenant_id` integer NOT NULL,
	`id` text NOT NULL,
	`feed` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`occurred_text` text NOT NULL,
	`day` text NOT NULL,
	`activity` text NOT NULL,
	`service` text NOT NULL,
	`category` text,
	`operation_type` text,
	`result` text NOT NULL,
	`reason` text,
	`correlation_id` text,
	`target_id` text,
	`initiator_id` text,
	`initiator_kind` text NOT NULL,
	`address` text,
	`on_premises_agent` text,
	`user_agent` text,
	`flow_id` text,
	`mark` text,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `audit_record_flow` ON `audit_record` (`tenant_id`,`flow_id`);--> statement-breakpoint
CREATE INDEX `audit_record_mark` ON `audit_record` (`tenant_id`,`mark`,`occurred_at`);--> statement-breakpoint
CREATE INDEX `audit_record_target` ON `audit_record` (`tenant_id`,`target_id`,`occurred_at`);--> statement-breakpoint
CREATE TABLE `day_dirty` (
	`tenant_id` integer NOT NULL,
	`day` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `day`)
);
--> statement-breakpoint
CREATE TABLE `domain` (
	`tenant_id` integer NOT NULL,
	`name` text NOT NULL,
	`password_validity_days` integer,
	`is_default` integer,
	`is_verified` integer,
	PRIMARY KEY(`tenant_id`, `name`)
);
--> statement-breakpoint
CREATE TABLE `failed_verification` (
	`tenant_id` integer NOT NULL,
	`flow_id` text NOT NULL,
	`method` text NOT NULL,
	`failed_at` integer NOT NULL,
	`day` text NOT NULL,
	`person_id` text,
	`address` text,
	PRIMARY KEY(`tenant_id`, `flow_id`, `method`)
);
--> statement-breakpoint
CREATE INDEX `failed_verification_day` ON `failed_verification` (`tenant_id`,`day`);--> statement-breakpoint
CREATE INDEX `failed_verification_time` ON `failed_verification` (`tenant_id`,`failed_at`);--> statement-breakpoint
CREATE TABLE `feed` (
	`tenant_id` integer NOT NULL,
	`feed` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`last_complete_at` integer,
	`stored` integer,
	`newest_record_at` integer,
	`held_at` integer,
	`held_people` integer,
	`ask_again_at` integer,
	`full_read_at` integer,
	`week_read_at` integer,
	PRIMARY KEY(`tenant_id`, `feed`)
);
--> statement-breakpoint
CREATE TABLE `feed_window` (
	`tenant_id` integer NOT NULL,
	`feed` text NOT NULL,
	`since_at` integer NOT NULL,
	`until_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `feed`, `since_at`)
);
--> statement-breakpoint
CREATE TABLE `flow` (
	`tenant_id` integer NOT NULL,
	`id` text NOT NULL,
	`person_id` text,
	`started_at` integer NOT NULL,
	`started_text` text NOT NULL,
	`day` text NOT NULL,
	`last_at` integer NOT NULL,
	`succeeded_at` integer,
	`outcome` text NOT NULL,
	`records` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `flow_person` ON `flow` (`tenant_id`,`person_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `flow_day` ON `flow` (`tenant_id`,`day`);--> statement-breakpoint
CREATE INDEX `flow_outcome` ON `flow` (`tenant_id`,`outcome`,`last_at`);--> statement-breakpoint
CREATE TABLE `flow_dirty` (
	`tenant_id` integer NOT NULL,
	`flow_id` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `flow_id`)
);
--> statement-breakpoint
CREATE TABLE `graph_total` (
	`tenant_id` integer NOT NULL,
	`snapshot_id` integer NOT NULL,
	`user_types` text NOT NULL,
	`feature` text NOT NULL,
	`people` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `snapshot_id`, `user_types`, `feature`)
);
--> statement-breakpoint
CREATE TABLE `incident` (
	`tenant_id` integer NOT NULL,
	`id` text NOT NULL,
	`person_id` text,
	`started_at` integer NOT NULL,
	`day` text NOT NULL,
	`last_at` integer NOT NULL,
	`outcome` text NOT NULL,
	`settling` integer NOT NULL,
	`flows` integer NOT NULL,
	`admin_resets` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `incident_person` ON `incident` (`tenant_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `incident_day` ON `incident` (`tenant_id`,`day`);--> statement-breakpoint
CREATE INDEX `incident_settling` ON `incident` (`tenant_id`,`settling`,`last_at`);--> statement-breakpoint
CREATE TABLE `job_run` (
	`tenant_id` integer NOT NULL,
	`id` integer NOT NULL,
	`feed` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`state` text NOT NULL,
	`reason` text,
	`pages` integer NOT NULL,
	`received` integer NOT NULL,
	`added` integer NOT NULL,
	`changed` integer NOT NULL,
	`rejected` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `job_run_feed` ON `job_run` (`tenant_id`,`feed`,`id`);--> statement-breakpoint
CREATE TABLE `lease` (
	`tenant_id` integer NOT NULL,
	`job` text NOT NULL,
	`holder` text NOT NULL,
	`fence` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`doing` text,
	`done_of_1000` integer,
	PRIMARY KEY(`tenant_id`, `job`)
);
--> statement-breakpoint
CREATE TABLE `person` (
	`tenant_id` integer NOT NULL,
	`id` integer NOT NULL,
	`object_id` text NOT NULL,
	`name` text,
	`user_principal_name` text,
	`sort_name` text NOT NULL,
	`search_text` text NOT NULL,
	`department` text,
	`country` text,
	`office` text,
	`company` text,
	`created_at` integer,
	`account_enabled` integer,
	`password_changed_at` integer,
	`password_policies` text,
	`on_premises_synced` integer,
	`in_directory` integer,
	`kind` text,
	`state_id` integer,
	`reason` text,
	`is_admin` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_object` ON `person` (`tenant_id`,`object_id`);--> statement-breakpoint
CREATE INDEX `person_list` ON `person` (`tenant_id`,`kind`,`sort_name`,`object_id`,`state_id`) WHERE kind is not null;--> statement-breakpoint
CREATE INDEX `person_reason` ON `person` (`tenant_id`,`kind`,`reason`,`sort_name`,`object_id`) WHERE kind is not null;--> statement-breakpoint
CREATE INDEX `person_admin` ON `person` (`tenant_id`,`kind`,`is_admin`,`sort_name`,`object_id`) WHERE kind is not null;--> statement-breakpoint
CREATE INDEX `person_department` ON `person` (`tenant_id`,`kind`,`department`,`sort_name`,`object_id`) WHERE kind is not null;--> statement-breakpoint
CREATE INDEX `person_country` ON `person` (`tenant_id`,`kind`,`country`,`sort_name`,`object_id`) WHERE kind is not null;--> statement-breakpoint
CREATE TABLE `person_dirty` (
	`tenant_id` integer NOT NULL,
	`who` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `who`)
);
--> statement-breakpoint
CREATE TABLE `quarantine` (
	`tenant_id` integer NOT NULL,
	`feed` text NOT NULL,
	`record_hash` text NOT NULL,
	`reason` text NOT NULL,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `feed`, `record_hash`)
);
--> statement-breakpoint
CREATE TABLE `registration_change` (
	`tenant_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`snapshot_id` integer NOT NULL,
	`state_id` integer,
	PRIMARY KEY(`tenant_id`, `person_id`, `snapshot_id`)
);
--> statement-breakpoint
CREATE TABLE `registration_count` (
	`tenant_id` integer NOT NULL,
	`dimension` text NOT NULL,
	`value` text NOT NULL,
	`snapshot_id` integer NOT NULL,
	`population` integer NOT NULL,
	`enabled` integer NOT NULL,
	`registered` integer NOT NULL,
	`capable` integer NOT NULL,
	`mfa_capable` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `dimension`, `value`, `snapshot_id`),
	CONSTRAINT "capable_is_part_of_population" CHECK("registration_count"."capable" <= "registration_count"."population"),
	CONSTRAINT "registered_is_part_of_population" CHECK("registration_count"."registered" <= "registration_count"."population"),
	CONSTRAINT "enabled_is_part_of_population" CHECK("registration_count"."enabled" <= "registration_count"."population")
);
--> statement-breakpoint
CREATE INDEX `registration_count_snapshot` ON `registration_count` (`tenant_id`,`snapshot_id`,`dimension`);--> statement-breakpoint
CREATE TABLE `registration_depth` (
	`tenant_id` integer NOT NULL,
	`snapshot_id` integer NOT NULL,
	`families` integer NOT NULL,
	`people` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `snapshot_id`, `families`)
);
--> statement-breakpoint
CREATE TABLE `registration_method` (
	`tenant_id` integer NOT NULL,
	`snapshot_id` integer NOT NULL,
	`method` text NOT NULL,
	`people` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `snapshot_id`, `method`)
);
--> statement-breakpoint
CREATE TABLE `registration_pending` (
	`tenant_id` integer NOT NULL,
	`snapshot_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`state_id` integer,
	PRIMARY KEY(`tenant_id`, `snapshot_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `registration_snapshot` (
	`tenant_id` integer NOT NULL,
	`id` integer NOT NULL,
	`taken_at` integer NOT NULL,
	`day` text NOT NULL,
	`state` text NOT NULL,
	`last_of_day` integer NOT NULL,
	`people` integer NOT NULL,
	`rejected` integer NOT NULL,
	`unknown_admin` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `registration_snapshot_day` ON `registration_snapshot` (`tenant_id`,`last_of_day`,`day`);--> statement-breakpoint
CREATE TABLE `registration_state` (
	`tenant_id` integer NOT NULL,
	`id` integer NOT NULL,
	`key` text NOT NULL,
	`admin` integer,
	`enabled` integer,
	`registered` integer,
	`capable` integer,
	`mfa_capable` integer,
	`methods` text,
	`user_type` text,
	`user_class` text NOT NULL,
	`reason` text NOT NULL,
	`families` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `registration_state_key` ON `registration_state` (`tenant_id`,`key`);--> statement-breakpoint
CREATE TABLE `reset_daily` (
	`tenant_id` integer NOT NULL,
	`day` text NOT NULL,
	`started` integer NOT NULL,
	`completed` integer NOT NULL,
	`unlocked` integer NOT NULL,
	`contacted_admin` integer NOT NULL,
	`blocked` integer NOT NULL,
	`not_entitled` integer NOT NULL,
	`failed` integer NOT NULL,
	`cancelled` integer NOT NULL,
	`abandoned` integer NOT NULL,
	`in_progress` integer NOT NULL,
	`self_served_first` integer NOT NULL,
	`self_served_retry` integer NOT NULL,
	`fell_back` integer NOT NULL,
	`incidents_abandoned` integer NOT NULL,
	`settling` integer NOT NULL,
	`admin_resets` integer NOT NULL,
	`bypasses` integer NOT NULL,
	`settling_bypasses` integer NOT NULL,
	`reset_ms` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `day`),
	CONSTRAINT "flows_add_up" CHECK("reset_daily"."started" = "reset_daily"."completed" + "reset_daily"."unlocked" + "reset_daily"."contacted_admin" + "reset_daily"."blocked" + "reset_daily"."not_entitled" + "reset_daily"."failed" + "reset_daily"."cancelled" + "reset_daily"."abandoned" + "reset_daily"."in_progress")
);
--> statement-breakpoint
CREATE TABLE `rollup_state` (
	`tenant_id` integer PRIMARY KEY NOT NULL,
	`as_of` integer,
	`made_with` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `setting` (
	`tenant_id` integer NOT NULL,
	`name` text NOT NULL,
	`value` text NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `name`)
);
--> statement-breakpoint
CREATE TABLE `tenant` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`origin` text NOT NULL,
	`name` text,
	`time_zone` text NOT NULL,
	`sample` integer NOT NULL,
	`pinned_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tenant_key` ON `tenant` (`key`);--> statement-breakpoint
CREATE TABLE `verification_count` (
	`tenant_id` integer NOT NULL,
	`bucket` text NOT NULL,
	`method` text NOT NULL,
	`day` text NOT NULL,
	`start_at` integer NOT NULL,
	`failed` integer NOT NULL,
	`people` integer NOT NULL,
	`addresses` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `bucket`, `method`, `day`, `start_at`)
);
--> statement-breakpoint
CREATE TABLE `verification_step` (
	`tenant_id` integer NOT NULL,
	`flow_id` text NOT NULL,
	`method` text NOT NULL,
	`started_at` integer NOT NULL,
	`day` text NOT NULL,
	`passed` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `flow_id`, `method`)
);
