CREATE TABLE `verification_level` (
	`tenant_id` integer NOT NULL,
	`bucket` text NOT NULL,
	`day` text NOT NULL,
	`start_at` integer NOT NULL,
	`expected` real,
	`upper` real,
	`p` real,
	`level` text,
	`made_with` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `bucket`, `day`, `start_at`)
);
