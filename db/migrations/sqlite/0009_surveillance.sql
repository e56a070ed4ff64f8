CREATE TABLE `alert` (
	`tenant_id` integer NOT NULL,
	`id` integer NOT NULL,
	`rule` text NOT NULL,
	`subject` text NOT NULL,
	`level` text NOT NULL,
	`queue` text NOT NULL,
	`started_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`ended_at` integer,
	`raised_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`withdrawn_at` integer,
	`acknowledged_at` integer,
	`acknowledged_by` text,
	`snoozed_until` integer,
	`exclusion_id` integer,
	`settings_version` integer NOT NULL,
	`evidence` text NOT NULL,
	`made_with` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `alert_time` ON `alert` (`tenant_id`,`last_at`);--> statement-breakpoint
CREATE INDEX `alert_lasts` ON `alert` (`tenant_id`,`ended_at`);--> statement-breakpoint
CREATE TABLE `alert_event` (
	`tenant_id` integer NOT NULL,
	`alert_id` integer NOT NULL,
	`number` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`level` text NOT NULL,
	`author` text,
	`text` text,
	PRIMARY KEY(`tenant_id`, `alert_id`, `number`)
);
--> statement-breakpoint
CREATE TABLE `alert_exclusion` (
	`tenant_id` integer NOT NULL,
	`id` integer NOT NULL,
	`rule` text,
	`subject_kind` text,
	`subject` text,
	`reason` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	`until_at` integer NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `channel` (
	`tenant_id` integer NOT NULL,
	`id` integer NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`body` text NOT NULL,
	`secrets` text NOT NULL,
	`on` integer NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`removed_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `delivery` (
	`tenant_id` integer NOT NULL,
	`id` text NOT NULL,
	`channel_id` integer NOT NULL,
	`alert_id` integer,
	`kind` text NOT NULL,
	`message` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`created_at` integer NOT NULL,
	`next_at` integer NOT NULL,
	`sent_at` integer,
	`last_error` text,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `delivery_due` ON `delivery` (`tenant_id`,`state`,`next_at`);--> statement-breakpoint
CREATE INDEX `delivery_alert` ON `delivery` (`tenant_id`,`alert_id`);--> statement-breakpoint
CREATE TABLE `rule_value` (
	`tenant_id` integer NOT NULL,
	`rule` text NOT NULL,
	`day` text NOT NULL,
	`subject` text NOT NULL,
	`value` integer NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `rule`, `day`, `subject`)
);
--> statement-breakpoint
CREATE INDEX `rule_value_day` ON `rule_value` (`tenant_id`,`day`);--> statement-breakpoint
CREATE TABLE `surveillance_settings` (
	`tenant_id` integer NOT NULL,
	`version` integer NOT NULL,
	`made_at` integer NOT NULL,
	`author` text NOT NULL,
	`note` text,
	`body` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `surveillance_state` (
	`tenant_id` integer PRIMARY KEY NOT NULL,
	`as_of` integer NOT NULL,
	`settings_version` integer NOT NULL,
	`since` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `watched_count` (
	`tenant_id` integer NOT NULL,
	`bucket` text NOT NULL,
	`series` text NOT NULL,
	`day` text NOT NULL,
	`start_at` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `bucket`, `series`, `day`, `start_at`)
);
--> statement-breakpoint
CREATE INDEX `watched_count_day` ON `watched_count` (`tenant_id`,`day`);--> statement-breakpoint
CREATE TABLE `watched_level` (
	`tenant_id` integer NOT NULL,
	`bucket` text NOT NULL,
	`series` text NOT NULL,
	`day` text NOT NULL,
	`start_at` integer NOT NULL,
	`observed` integer NOT NULL,
	`expected` real,
	`upper` real,
	`p` real,
	`window` integer,
	`window_observed` real,
	`window_expected` real,
	`slow` integer NOT NULL,
	`farrington` integer,
	`made_with` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `bucket`, `series`, `day`, `start_at`)
);
--> statement-breakpoint
CREATE INDEX `watched_level_unusual` ON `watched_level` (`tenant_id`,`bucket`,`day`) WHERE p < 0.05 or slow;