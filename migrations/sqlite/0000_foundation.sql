CREATE TABLE `addresses` (
	`slug` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `article_bylines` (
	`article_id` text NOT NULL,
	`position` integer NOT NULL,
	`source_id` text,
	`name` text NOT NULL,
	`role` text,
	PRIMARY KEY(`article_id`, `position`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `article_bylines_by_source` ON `article_bylines` (`source_id`,`article_id`);--> statement-breakpoint
CREATE INDEX `article_bylines_by_name` ON `article_bylines` (`name`,`article_id`);--> statement-breakpoint
CREATE TABLE `article_media` (
	`article_id` text NOT NULL,
	`media_id` text NOT NULL,
	PRIMARY KEY(`article_id`, `media_id`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `article_media_by_media` ON `article_media` (`media_id`,`article_id`);--> statement-breakpoint
CREATE TABLE `article_tags` (
	`article_id` text NOT NULL,
	`position` integer NOT NULL,
	`tag` text NOT NULL,
	PRIMARY KEY(`article_id`, `position`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `article_tags_by_tag` ON `article_tags` (`tag`,`article_id`);--> statement-breakpoint
CREATE TABLE `articles` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`status` text NOT NULL,
	`title` text NOT NULL,
	`dek` text,
	`summary` text,
	`language` text NOT NULL,
	`section` text,
	`dateline` text,
	`body` text NOT NULL,
	`lead_media_id` text,
	`origin` text,
	`canonical_url` text,
	`published_at` text,
	`first_published_at` text,
	`embargo_until` text,
	`comment_policy` text NOT NULL,
	`extra` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`lead_media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `articles_slug_unique` ON `articles` (`slug`);--> statement-breakpoint
CREATE INDEX `articles_by_section` ON `articles` (`section`,`id`);--> statement-breakpoint
CREATE INDEX `articles_by_lead` ON `articles` (`lead_media_id`);--> statement-breakpoint
CREATE TABLE `attributions` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`quote_id` text,
	`claim` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`quote_id`) REFERENCES `quotes`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `attributions_by_article` ON `attributions` (`article_id`,`id`);--> statement-breakpoint
CREATE INDEX `attributions_by_quote` ON `attributions` (`quote_id`,`id`);--> statement-breakpoint
CREATE TABLE `changes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`article_id` text,
	`version` integer
);
--> statement-breakpoint
CREATE TABLE `comments` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`parent_id` text,
	`depth` integer NOT NULL,
	`thread` text NOT NULL,
	`author_name` text NOT NULL,
	`author_email` text,
	`author_key` text,
	`body` text NOT NULL,
	`status` text NOT NULL,
	`reasons` text NOT NULL,
	`edited_at` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`parent_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `comments_by_thread` ON `comments` (`article_id`,`thread`);--> statement-breakpoint
CREATE INDEX `comments_by_parent` ON `comments` (`parent_id`);--> statement-breakpoint
CREATE INDEX `comments_by_status` ON `comments` (`status`,`id`);--> statement-breakpoint
CREATE TABLE `corrections` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`kind` text NOT NULL,
	`target` text,
	`text` text NOT NULL,
	`was` text,
	`now` text,
	`published_at` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `corrections_by_article` ON `corrections` (`article_id`,`id`);--> statement-breakpoint
CREATE TABLE `hops` (
	`attribution_id` text NOT NULL,
	`position` integer NOT NULL,
	`source_id` text,
	`unnamed` text,
	`relation` text NOT NULL,
	`terms` text NOT NULL,
	`url` text,
	`at` text,
	PRIMARY KEY(`attribution_id`, `position`),
	FOREIGN KEY (`attribution_id`) REFERENCES `attributions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `hops_by_source` ON `hops` (`source_id`,`attribution_id`);--> statement-breakpoint
CREATE TABLE `media` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`url` text,
	`caption` text,
	`alt` text,
	`width` integer,
	`height` integer,
	`captured_at` text,
	`digital_source_type` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `media_credits` (
	`id` text PRIMARY KEY NOT NULL,
	`media_id` text NOT NULL,
	`credit_line` text NOT NULL,
	`creators` text NOT NULL,
	`suppliers` text NOT NULL,
	`copyright_notice` text,
	`copyright_holder` text,
	`licence` text,
	`usage_terms` text,
	`acquire_license_page` text,
	`expires_at` text,
	`territories` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `media_credits_by_media` ON `media_credits` (`media_id`,`id`);--> statement-breakpoint
CREATE TABLE `published` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`slug` text,
	`position` text NOT NULL,
	`etag` text NOT NULL,
	`card` blob NOT NULL,
	`document` blob NOT NULL,
	PRIMARY KEY(`kind`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `published_slug_unique` ON `published` (`slug`);--> statement-breakpoint
CREATE INDEX `published_by_position` ON `published` (`kind`,`position`,`id`);--> statement-breakpoint
CREATE TABLE `published_facets` (
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`value` text NOT NULL,
	`position` text NOT NULL,
	`id` text NOT NULL,
	PRIMARY KEY(`kind`, `name`, `value`, `position`, `id`)
);
--> statement-breakpoint
CREATE INDEX `published_facets_by_id` ON `published_facets` (`kind`,`id`,`name`);--> statement-breakpoint
CREATE TABLE `quotes` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`text` text NOT NULL,
	`kind` text NOT NULL,
	`display` text NOT NULL,
	`language` text,
	`verbatim` text,
	`alterations` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `quotes_by_article` ON `quotes` (`article_id`,`id`);--> statement-breakpoint
CREATE TABLE `sources` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`role` text,
	`affiliation_id` text,
	`url` text,
	`same_as` text NOT NULL,
	`notes` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`affiliation_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sources_by_affiliation` ON `sources` (`affiliation_id`);--> statement-breakpoint
CREATE TABLE `tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text,
	`revoked_at` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tokens_hash_unique` ON `tokens` (`hash`);--> statement-breakpoint
CREATE TABLE `withdrawn` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`kind`, `id`)
);
