CREATE TABLE `transfers` (
	`sha256` text PRIMARY KEY NOT NULL,
	`lines` integer NOT NULL,
	`finished_at` text
);
--> statement-breakpoint
DROP INDEX `backups_by_status`;--> statement-breakpoint
ALTER TABLE `backups` ADD `form` text DEFAULT 'copy' NOT NULL;--> statement-breakpoint
ALTER TABLE `backups` ADD `is_private` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `backups_by_status` ON `backups` (`form`,`status`,`id`);