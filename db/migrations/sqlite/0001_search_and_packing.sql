-- What drizzle cannot say. Narrow tables that are read by their key are stored in its order, without
-- a second copy of it.
DROP TABLE `registration_change`;--> statement-breakpoint
CREATE TABLE `registration_change` (
	`tenant_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`snapshot_id` integer NOT NULL,
	`state_id` integer,
	PRIMARY KEY(`tenant_id`, `person_id`, `snapshot_id`)
) WITHOUT ROWID;--> statement-breakpoint
DROP TABLE `registration_pending`;--> statement-breakpoint
CREATE TABLE `registration_pending` (
	`tenant_id` integer NOT NULL,
	`snapshot_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`state_id` integer,
	PRIMARY KEY(`tenant_id`, `snapshot_id`, `person_id`)
) WITHOUT ROWID;--> statement-breakpoint
DROP TABLE `registration_count`;--> statement-breakpoint
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
	CONSTRAINT "capable_is_part_of_population" CHECK("capable" <= "population"),
	CONSTRAINT "registered_is_part_of_population" CHECK("registered" <= "population"),
	CONSTRAINT "enabled_is_part_of_population" CHECK("enabled" <= "population")
) WITHOUT ROWID;--> statement-breakpoint
CREATE INDEX `registration_count_snapshot` ON `registration_count` (`tenant_id`,`snapshot_id`,`dimension`);--> statement-breakpoint
-- Trigrams of `person.search_text`, kept in step by triggers; the text itself stays in `person`.
-- A row's number is tenant_id * 2^40 + person.id (db/dialect/sqlite.ts).
CREATE VIRTUAL TABLE `person_search` USING fts5(
	`text`, content='', contentless_delete=1, tokenize='trigram case_sensitive 1', detail='none'
);--> statement-breakpoint
CREATE TRIGGER `person_search_insert` AFTER INSERT ON `person` BEGIN
	INSERT INTO `person_search`(`rowid`, `text`) VALUES (new.`tenant_id` * 1099511627776 + new.`id`, new.`search_text`);
END;--> statement-breakpoint
CREATE TRIGGER `person_search_update` AFTER UPDATE OF `search_text` ON `person`
WHEN old.`search_text` <> new.`search_text` BEGIN
	DELETE FROM `person_search` WHERE `rowid` = old.`tenant_id` * 1099511627776 + old.`id`;
	INSERT INTO `person_search`(`rowid`, `text`) VALUES (new.`tenant_id` * 1099511627776 + new.`id`, new.`search_text`);
END;--> statement-breakpoint
CREATE TRIGGER `person_search_delete` AFTER DELETE ON `person` BEGIN
	DELETE FROM `person_search` WHERE `rowid` = old.`tenant_id` * 1099511627776 + old.`id`;
END;
