CREATE TABLE `transfers` (
	`sha256` text PRIMARY KEY NOT NULL,
	`lines` integer NOT NULL,
	`finished_at` text
);
