CREATE TABLE `licences` (
	`id` text PRIMARY KEY NOT NULL,
	`licences` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `media_uses` (
	`article_id` text NOT NULL,
	`media_id` text NOT NULL,
	`kind` text NOT NULL,
	`purposes` text NOT NULL,
	`credits` text NOT NULL,
	`at` text NOT NULL,
	`ended_at` text,
	PRIMARY KEY(`article_id`, `media_id`)
);
--> statement-breakpoint
CREATE INDEX `media_uses_by_media` ON `media_uses` (`media_id`,`article_id`);--> statement-breakpoint
CREATE INDEX `media_uses_by_time` ON `media_uses` (`at`);--> statement-breakpoint
ALTER TABLE `media` ADD `substitute_id` text REFERENCES media(id);--> statement-breakpoint
CREATE INDEX `media_by_substitute` ON `media` (`substitute_id`) WHERE "media"."substitute_id" is not null;--> statement-breakpoint
ALTER TABLE `media_credits` ADD `purposes` text;--> statement-breakpoint
ALTER TABLE `media_credits` ADD `max_uses` integer;--> statement-breakpoint
ALTER TABLE `media_credits` ADD `approval_by` text;--> statement-breakpoint
ALTER TABLE `media_credits` ADD `approval` text;--> statement-breakpoint
ALTER TABLE `media_credits` ADD `notice_at` text;--> statement-breakpoint
CREATE INDEX `media_credits_by_notice` ON `media_credits` (`notice_at`) WHERE "media_credits"."notice_at" is not null;--> statement-breakpoint
UPDATE `media_credits` SET `notice_at` = strftime('%Y-%m-%dT%H:%M:%fZ', `expires_at`, '-30 days') WHERE `expires_at` IS NOT NULL;