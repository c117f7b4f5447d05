CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`webhook_id` text NOT NULL,
	`seq` integer NOT NULL,
	`event` text NOT NULL,
	`article_id` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`created_at` text NOT NULL,
	`next_at` text,
	`last_at` text,
	`last_status` integer,
	`last_error` text,
	FOREIGN KEY (`webhook_id`) REFERENCES `webhooks`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_by_webhook` ON `deliveries` (`webhook_id`,`seq`);--> statement-breakpoint
CREATE INDEX `deliveries_by_next` ON `deliveries` (`next_at`);--> statement-breakpoint
CREATE INDEX `deliveries_by_article` ON `deliveries` (`webhook_id`,`article_id`,`status`,`seq`);--> statement-breakpoint
CREATE TABLE `editions` (
	`article_id` text NOT NULL,
	`number` integer NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`note` text,
	`version` integer,
	`document` blob NOT NULL,
	PRIMARY KEY(`article_id`, `number`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `locks` (
	`article_id` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`since` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `revisions` (
	`article_id` text NOT NULL,
	`version` integer NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`draft` text NOT NULL,
	PRIMARY KEY(`article_id`, `version`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `webhooks` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`events` text NOT NULL,
	`secrets` text NOT NULL,
	`disabled_at` text,
	`disabled_reason` text,
	`failing_since` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `articles` ADD `assignee` text;--> statement-breakpoint
ALTER TABLE `articles` ADD `internal_notes` text;--> statement-breakpoint
ALTER TABLE `articles` ADD `due_at` text;--> statement-breakpoint
ALTER TABLE `articles` ADD `legal_hold` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `publish_at` text;--> statement-breakpoint
ALTER TABLE `articles` ADD `withdraw_at` text;--> statement-breakpoint
ALTER TABLE `articles` ADD `waivers` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `edition` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `published_version` integer;--> statement-breakpoint
CREATE INDEX `articles_by_publish_at` ON `articles` (`publish_at`);--> statement-breakpoint
CREATE INDEX `articles_by_withdraw_at` ON `articles` (`withdraw_at`);--> statement-breakpoint
ALTER TABLE `changes` ADD `role` text;--> statement-breakpoint
ALTER TABLE `changes` ADD `detail` text;--> statement-breakpoint
CREATE INDEX `changes_by_article` ON `changes` (`article_id`,`seq`);--> statement-breakpoint
ALTER TABLE `media` ADD `embargo_until` text;--> statement-breakpoint
INSERT INTO `editions` (`article_id`, `number`, `at`, `actor`, `document`) SELECT p.`id`, 1, p.`modified`, 'an earlier release', p.`document` FROM `published` p JOIN `articles` a ON a.`id` = p.`id` WHERE p.`kind` = 'article';--> statement-breakpoint
UPDATE `articles` SET `edition` = 1 WHERE `id` IN (SELECT `article_id` FROM `editions`);
