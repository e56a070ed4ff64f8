CREATE TABLE `assumptions` (
	`tenant_id` integer NOT NULL,
	`version` integer NOT NULL,
	`made_at` integer NOT NULL,
	`author` text NOT NULL,
	`note` text,
	`body` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `holiday` (
	`tenant_id` integer NOT NULL,
	`day` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `day`)
);
--> statement-breakpoint
CREATE TABLE `method_switch` (
	`tenant_id` integer NOT NULL,
	`day` text NOT NULL,
	`from_method` text NOT NULL,
	`to_method` text NOT NULL,
	`flows` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `day`, `from_method`, `to_method`)
);
--> statement-breakpoint
CREATE TABLE `password_change` (
	`tenant_id` integer NOT NULL,
	`id` text NOT NULL,
	`person_id` text,
	`occurred_at` integer NOT NULL,
	`day` text NOT NULL,
	`succeeded` integer NOT NULL,
	`reason` text,
	`agent` text,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `password_change_day` ON `password_change` (`tenant_id`,`day`);--> statement-breakpoint
CREATE INDEX `password_change_person` ON `password_change` (`tenant_id`,`person_id`,`occurred_at`);--> statement-breakpoint
CREATE TABLE `reset_forecast` (
	`tenant_id` integer PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`made_at` integer NOT NULL,
	`made_with` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `reset_hour` (
	`tenant_id` integer NOT NULL,
	`day` text NOT NULL,
	`hour` integer NOT NULL,
	`flows` integer NOT NULL,
	`incidents` integer NOT NULL,
	`self_served` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `day`, `hour`)
);
--> statement-breakpoint
CREATE TABLE `reset_stage` (
	`tenant_id` integer NOT NULL,
	`day` text NOT NULL,
	`method` text NOT NULL,
	`stage` integer NOT NULL,
	`flows` integer NOT NULL,
	`in_progress` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `day`, `method`, `stage`)
);
--> statement-breakpoint
CREATE TABLE `statement` (
	`tenant_id` integer NOT NULL,
	`id` integer NOT NULL,
	`month` text NOT NULL,
	`revision` integer NOT NULL,
	`made_at` integer NOT NULL,
	`author` text NOT NULL,
	`assumptions_version` integer NOT NULL,
	`body` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `statement_month` ON `statement` (`tenant_id`,`month`,`revision`);--> statement-breakpoint
CREATE TABLE `ticket` (
	`tenant_id` integer NOT NULL,
	`number` text NOT NULL,
	`import_id` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `number`)
);
--> statement-breakpoint
CREATE INDEX `ticket_import_tickets` ON `ticket` (`tenant_id`,`import_id`);--> statement-breakpoint
CREATE TABLE `ticket_count` (
	`tenant_id` integer NOT NULL,
	`import_id` integer NOT NULL,
	`first_day` text NOT NULL,
	`last_day` text NOT NULL,
	`password` integer NOT NULL,
	`other` integer,
	PRIMARY KEY(`tenant_id`, `import_id`, `first_day`)
);
--> statement-breakpoint
CREATE INDEX `ticket_count_day` ON `ticket_count` (`tenant_id`,`first_day`);--> statement-breakpoint
CREATE TABLE `ticket_import` (
	`tenant_id` integer NOT NULL,
	`id` integer NOT NULL,
	`label` text NOT NULL,
	`hash` text NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`mapping` text NOT NULL,
	`first_day` text NOT NULL,
	`last_day` text NOT NULL,
	`rows` integer NOT NULL,
	`password_tickets` integer NOT NULL,
	`other_tickets` integer,
	`known` integer NOT NULL,
	`refused` integer NOT NULL,
	`refusals` text NOT NULL,
	`author` text NOT NULL,
	`imported_at` integer NOT NULL,
	`state` text NOT NULL,
	`undone_at` integer,
	`undone_by` text,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
DROP INDEX `incident_person`;--> statement-breakpoint
DROP INDEX `incident_day`;--> statement-breakpoint
ALTER TABLE `incident` ADD `kind` text;--> statement-breakpoint
ALTER TABLE `incident` ADD `next_at` integer;--> statement-breakpoint
ALTER TABLE `incident` ADD `hour` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `incident_person` ON `incident` (`tenant_id`,`person_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `incident_day` ON `incident` (`tenant_id`,`day`,`settling`,`outcome`,`started_at`,`next_at`,`person_id`);--> statement-breakpoint
ALTER TABLE `admin_reset` ADD `operator_id` text;--> statement-breakpoint
ALTER TABLE `admin_reset` ADD `agent` text;--> statement-breakpoint
ALTER TABLE `flow` ADD `stage` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `flow` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `flow` ADD `owner` text;--> statement-breakpoint
ALTER TABLE `flow` ADD `agent` text;--> statement-breakpoint
ALTER TABLE `flow` ADD `hour` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `flow` ADD `incident_id` text;--> statement-breakpoint
CREATE INDEX `flow_incident` ON `flow` (`tenant_id`,`incident_id`);--> statement-breakpoint
CREATE INDEX `flow_lost` ON `flow` (`tenant_id`,`day`,`reason`,`owner`,`person_id`,`incident_id`) WHERE reason is not null;--> statement-breakpoint
ALTER TABLE `reset_daily` ADD `served_reset` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `reset_daily` ADD `served_unlock` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `verification_step` ADD `switched_from` text;--> statement-breakpoint
CREATE INDEX `verification_step_day` ON `verification_step` (`tenant_id`,`day`,`method`);--> statement-breakpoint
CREATE INDEX `verification_step_switch` ON `verification_step` (`tenant_id`,`day`,`switched_from`,`method`,`flow_id`) WHERE switched_from is not null;--> statement-breakpoint
CREATE INDEX `person_synced` ON `person` (`tenant_id`) WHERE on_premises_synced;