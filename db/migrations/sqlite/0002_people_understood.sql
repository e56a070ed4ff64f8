CREATE TABLE `annotation` (
	`tenant_id` integer NOT NULL,
	`id` integer NOT NULL,
	`day` text NOT NULL,
	`last_day` text,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `annotation_day` ON `annotation` (`tenant_id`,`day`);--> statement-breakpoint
CREATE TABLE `coverage_forecast` (
	`tenant_id` integer PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`made_at` integer NOT NULL,
	`made_with` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `exclusion` (
	`tenant_id` integer NOT NULL,
	`id` integer NOT NULL,
	`kind` text NOT NULL,
	`field` text,
	`match` text,
	`value` text,
	`reason` text NOT NULL,
	`author` text NOT NULL,
	`set_at` integer NOT NULL,
	`first_day` text NOT NULL,
	`until_day` text,
	`end_day` text,
	`ended_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `people_edition` (
	`tenant_id` integer PRIMARY KEY NOT NULL,
	`edition` integer NOT NULL,
	`exclusions_day` text
);
--> statement-breakpoint
CREATE TABLE `person_cell` (
	`tenant_id` integer NOT NULL,
	`id` integer NOT NULL,
	`people` integer NOT NULL,
	`edition` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "people_are_counted" CHECK("person_cell"."people" >= 0)
);
--> statement-breakpoint
CREATE INDEX `person_cell_edition` ON `person_cell` (`tenant_id`,`edition`);--> statement-breakpoint
CREATE TABLE `person_exclusion` (
	`tenant_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`exclusion_id` integer NOT NULL,
	`first_day` text NOT NULL,
	`end_day` text,
	PRIMARY KEY(`tenant_id`, `person_id`, `exclusion_id`, `first_day`)
);
--> statement-breakpoint
CREATE INDEX `person_exclusion_by` ON `person_exclusion` (`tenant_id`,`exclusion_id`,`person_id`);--> statement-breakpoint
CREATE TABLE `person_note` (
	`tenant_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`note` text,
	`done` integer NOT NULL,
	`author` text NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `person_note_done` ON `person_note` (`tenant_id`,`done`,`person_id`);--> statement-breakpoint
CREATE TABLE `person_segment` (
	`tenant_id` integer NOT NULL,
	`id` integer NOT NULL,
	`key` text NOT NULL,
	`department` text,
	`country` text,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_segment_key` ON `person_segment` (`tenant_id`,`key`);--> statement-breakpoint
CREATE TABLE `priority_model` (
	`tenant_id` integer PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`made_at` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `registration_family` (
	`tenant_id` integer NOT NULL,
	`snapshot_id` integer NOT NULL,
	`family` text NOT NULL,
	`people` integer NOT NULL,
	`only_this` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `snapshot_id`, `family`)
);
--> statement-breakpoint
CREATE TABLE `registration_move` (
	`tenant_id` integer NOT NULL,
	`snapshot_id` integer NOT NULL,
	`gained` integer NOT NULL,
	`lost` integer NOT NULL,
	`arrived` integer NOT NULL,
	`departed` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `snapshot_id`)
);
--> statement-breakpoint
CREATE TABLE `registration_state_count` (
	`tenant_id` integer NOT NULL,
	`snapshot_id` integer NOT NULL,
	`state_id` integer NOT NULL,
	`people` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `snapshot_id`, `state_id`)
);
--> statement-breakpoint
DROP INDEX `person_reason`;--> statement-breakpoint
DROP INDEX `person_admin`;--> statement-breakpoint
DROP INDEX `person_department`;--> statement-breakpoint
DROP INDEX `person_country`;--> statement-breakpoint
DROP INDEX `person_list`;--> statement-breakpoint
ALTER TABLE `person` ADD `state_day` text;--> statement-breakpoint
ALTER TABLE `person` ADD `manager_id` text;--> statement-breakpoint
ALTER TABLE `person` ADD `last_sign_in_at` integer;--> statement-breakpoint
ALTER TABLE `person` ADD `excluded` integer;--> statement-breakpoint
ALTER TABLE `person` ADD `cell_id` integer;--> statement-breakpoint
ALTER TABLE `person` ADD `call_order` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `person_calls` ON `person` (`tenant_id`,`kind`,`call_order`,`sort_name`,`object_id`,`cell_id`,`id`) WHERE kind is not null;--> statement-breakpoint
CREATE INDEX `person_cell_people` ON `person` (`tenant_id`,`cell_id`) WHERE cell_id is not null;--> statement-breakpoint
CREATE INDEX `person_uncounted` ON `person` (`tenant_id`,`id`) WHERE kind is not null and cell_id is null;--> statement-breakpoint
CREATE INDEX `person_state` ON `person` (`tenant_id`,`kind`,`state_id`,`department`,`country`,`cell_id`) WHERE kind is not null;--> statement-breakpoint
CREATE INDEX `person_manager` ON `person` (`tenant_id`,`manager_id`,`cell_id`) WHERE cell_id is not null;--> statement-breakpoint
CREATE INDEX `person_created` ON `person` (`tenant_id`,`created_at`) WHERE created_at is not null;--> statement-breakpoint
CREATE INDEX `person_list` ON `person` (`tenant_id`,`kind`,`sort_name`,`object_id`,`cell_id`,`id`) WHERE kind is not null;--> statement-breakpoint
CREATE INDEX `registration_change_snapshot` ON `registration_change` (`tenant_id`,`snapshot_id`,`person_id`);