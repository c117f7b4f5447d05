CREATE TABLE `allegations` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`quote_id` text,
	`attribution_id` text,
	`source_id` text,
	`name` text,
	`note` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `allegations_by_article` ON `allegations` (`article_id`,`id`);--> statement-breakpoint
CREATE INDEX `allegations_by_source` ON `allegations` (`source_id`,`id`) WHERE "allegations"."source_id" is not null;--> statement-breakpoint
CREATE TABLE `reply_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`source_id` text,
	`name` text,
	`about` text,
	`via` text,
	`asked_at` text NOT NULL,
	`deadline` text,
	`state` text NOT NULL,
	`replied_at` text,
	`terms` text,
	`note` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reply_requests_by_article` ON `reply_requests` (`article_id`,`id`);--> statement-breakpoint
CREATE INDEX `reply_requests_by_source` ON `reply_requests` (`source_id`,`id`) WHERE "reply_requests"."source_id" is not null;--> statement-breakpoint
CREATE INDEX `reply_requests_by_state` ON `reply_requests` (`state`,`id`);