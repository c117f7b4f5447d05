CREATE TABLE `publisher` (
	`id` text PRIMARY KEY NOT NULL,
	`about` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
