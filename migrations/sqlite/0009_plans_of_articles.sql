ALTER TABLE `articles` ADD `agreed` text;--> statement-breakpoint
ALTER TABLE `articles` ADD `unscheduled` text;--> statement-breakpoint
ALTER TABLE `articles` ADD `slug_follows` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `changes_by_record` ON `changes` (`id`,`seq`) WHERE "changes"."article_id" is null;