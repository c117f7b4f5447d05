CREATE TABLE `merge_moves` (
	`merge_id` text NOT NULL,
	`kind` text NOT NULL,
	`record` text NOT NULL,
	`position` integer NOT NULL,
	`article_id` text,
	`word` text,
	`keys` text,
	`is_back` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`merge_id`, `kind`, `record`, `position`),
	FOREIGN KEY (`merge_id`) REFERENCES `source_merges`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `merge_moves_by_article` ON `merge_moves` (`merge_id`,`is_back`,`article_id`);--> statement-breakpoint
CREATE TABLE `moved` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`to_id` text NOT NULL,
	PRIMARY KEY(`kind`, `id`)
);
--> statement-breakpoint
CREATE TABLE `previews` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`note` text,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`expires_at` text NOT NULL,
	`hash` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `previews_hash_unique` ON `previews` (`hash`);--> statement-breakpoint
CREATE INDEX `previews_by_article` ON `previews` (`article_id`,`id`);--> statement-breakpoint
CREATE INDEX `previews_by_end` ON `previews` (`expires_at`);--> statement-breakpoint
CREATE TABLE `source_merges` (
	`id` text PRIMARY KEY NOT NULL,
	`into_id` text NOT NULL,
	`state` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`role` text,
	`gained` text NOT NULL,
	`source` text,
	`external_system` text,
	`external_id` text,
	`articles` integer NOT NULL,
	`left` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `source_merges_by_state` ON `source_merges` (`state`,`at`);--> statement-breakpoint
CREATE INDEX `source_merges_by_target` ON `source_merges` (`into_id`);--> statement-breakpoint
CREATE INDEX `source_merges_by_external_id` ON `source_merges` (`external_system`,`external_id`);--> statement-breakpoint
ALTER TABLE `source_names` ADD `initials` text;--> statement-breakpoint
CREATE INDEX `source_names_by_initials` ON `source_names` (`initials`,`source_id`) WHERE "source_names"."initials" is not null;--> statement-breakpoint
UPDATE `source_names` SET initials = substr(name, 1, 1) || ' ' || replace(name, rtrim(name, replace(name, ' ', '')), '') WHERE name LIKE '% %';
