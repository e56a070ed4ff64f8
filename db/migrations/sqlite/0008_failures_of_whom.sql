DROP TABLE `verification_level`;--> statement-breakpoint
ALTER TABLE `failed_verification` ADD `country` text;--> statement-breakpoint
ALTER TABLE `failed_verification` ADD `admin` integer;--> statement-breakpoint
CREATE INDEX `failed_verification_person` ON `failed_verification` (`tenant_id`,`person_id`,`failed_at`);--> statement-breakpoint
CREATE INDEX `failed_verification_address` ON `failed_verification` (`tenant_id`,`address`,`failed_at`);--> statement-breakpoint
ALTER TABLE `flow` ADD `address` text;--> statement-breakpoint
CREATE INDEX `flow_address` ON `flow` (`tenant_id`,`address`,`started_at`);