CREATE TABLE `private_reports` (
	`field` text NOT NULL,
	`quarter` text NOT NULL,
	`report` text NOT NULL,
	PRIMARY KEY(`field`, `quarter`)
);
--> statement-breakpoint
CREATE TABLE `private_values` (
	`source_id` text NOT NULL,
	`field` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`source_id`, `field`),
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `source_fields` (
	`id` text PRIMARY KEY NOT NULL,
	`fields` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
