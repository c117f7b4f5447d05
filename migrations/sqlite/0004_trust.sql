CREATE TABLE `answers` (
	`id` text PRIMARY KEY NOT NULL,
	`request` text NOT NULL,
	`sealed` blob NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `answers_by_time` ON `answers` (`at`);--> statement-breakpoint
CREATE TABLE `backups` (
	`id` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`actor` text NOT NULL,
	`created_at` text NOT NULL,
	`started_at` text,
	`finished_at` text,
	`file` text,
	`bytes` integer,
	`sha256` text,
	`error` text
);
--> statement-breakpoint
CREATE INDEX `backups_by_status` ON `backups` (`status`,`id`);--> statement-breakpoint
CREATE TABLE `bans` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`reason` text,
	`until` text,
	`actor` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `bans_once` ON `bans` (`kind`,`value`);--> statement-breakpoint
CREATE TABLE `blocked_terms` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`term` text NOT NULL,
	`outcome` text NOT NULL,
	`note` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `comment_decisions` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`comment_id` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`decision` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`reasons` text NOT NULL,
	`note` text,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `comment_decisions_by_comment` ON `comment_decisions` (`comment_id`,`seq`);--> statement-breakpoint
CREATE TABLE `comment_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`comment_id` text NOT NULL,
	`reporter` text NOT NULL,
	`reason` text NOT NULL,
	`detail` text,
	`at` text NOT NULL,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `comment_reports_by_comment` ON `comment_reports` (`comment_id`,`id`);--> statement-breakpoint
CREATE INDEX `comment_reports_by_reporter` ON `comment_reports` (`reporter`,`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `comment_reports_once` ON `comment_reports` (`comment_id`,`reporter`);--> statement-breakpoint
CREATE TABLE `comment_settings` (
	`id` text PRIMARY KEY NOT NULL,
	`settings` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `spent_proofs` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `spent_proofs_by_expiry` ON `spent_proofs` (`expires_at`);--> statement-breakpoint
ALTER TABLE `comments` ADD `author` text;--> statement-breakpoint
ALTER TABLE `comments` ADD `email` text;--> statement-breakpoint
ALTER TABLE `comments` ADD `network` text;--> statement-breakpoint
ALTER TABLE `comments` ADD `sealed_email` text;--> statement-breakpoint
ALTER TABLE `comments` ADD `edit_key` text;--> statement-breakpoint
ALTER TABLE `comments` ADD `rules` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `comments` ADD `fingerprint` text;--> statement-breakpoint
ALTER TABLE `comments` ADD `reports` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `comments_by_author` ON `comments` (`author`,`id`);--> statement-breakpoint
CREATE INDEX `comments_by_email` ON `comments` (`email`,`id`);--> statement-breakpoint
CREATE INDEX `comments_by_network` ON `comments` (`network`,`id`);--> statement-breakpoint
CREATE INDEX `comments_reported` ON `comments` (`id`) WHERE "comments"."reports" > 0;--> statement-breakpoint
ALTER TABLE `tokens` ADD `prefix` text;--> statement-breakpoint
ALTER TABLE `tokens` ADD `last_used_at` text;--> statement-breakpoint
ALTER TABLE `tokens` ADD `previous_hash` text;--> statement-breakpoint
ALTER TABLE `tokens` ADD `previous_until` text;--> statement-breakpoint
CREATE UNIQUE INDEX `tokens_previous_hash_unique` ON `tokens` (`previous_hash`);