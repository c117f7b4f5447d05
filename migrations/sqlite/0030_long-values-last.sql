DROP INDEX `quote_prints_by_article`;--> statement-breakpoint
CREATE INDEX `quote_prints_by_article` ON `quote_prints` (`article_id`);--> statement-breakpoint
ALTER TABLE `quote_prints` DROP COLUMN `draft`;--> statement-breakpoint
CREATE TABLE `__new_quote_keys` (
	`key` integer NOT NULL,
	`number` integer NOT NULL,
	PRIMARY KEY(`key`, `number`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_quote_keys`("key", "number") SELECT "key", "number" FROM `quote_keys`;--> statement-breakpoint
DROP TABLE `quote_keys`;--> statement-breakpoint
ALTER TABLE `__new_quote_keys` RENAME TO `quote_keys`;--> statement-breakpoint
CREATE TABLE `__new_articles` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`status` text NOT NULL,
	`title` text NOT NULL,
	`dek` text,
	`summary` text,
	`language` text NOT NULL,
	`section` text,
	`dateline` text,
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
	`assignee` text,
	`internal_notes` text,
	`due_at` text,
	`legal_hold` integer DEFAULT false NOT NULL,
	`publish_at` text,
	`withdraw_at` text,
	`waivers` text DEFAULT '[]' NOT NULL,
	`edition` integer DEFAULT 0 NOT NULL,
	`published_version` integer,
	`agreed` text,
	`unscheduled` text,
	`slug_follows` integer DEFAULT false NOT NULL,
	`external_system` text,
	`external_id` text,
	`translation_of` text,
	`purposes` text DEFAULT '["web"]' NOT NULL,
	`body` text NOT NULL,
	FOREIGN KEY (`lead_media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_articles` (`id`, `slug`, `status`, `title`, `dek`, `summary`, `language`, `section`, `dateline`, `lead_media_id`, `origin`, `canonical_url`, `published_at`, `first_published_at`, `embargo_until`, `comment_policy`, `extra`, `version`, `created_at`, `updated_at`, `assignee`, `internal_notes`, `due_at`, `legal_hold`, `publish_at`, `withdraw_at`, `waivers`, `edition`, `published_version`, `agreed`, `unscheduled`, `slug_follows`, `external_system`, `external_id`, `translation_of`, `body`) SELECT `id`, `slug`, `status`, `title`, `dek`, `summary`, `language`, `section`, `dateline`, `lead_media_id`, `origin`, `canonical_url`, `published_at`, `first_published_at`, `embargo_until`, `comment_policy`, `extra`, `version`, `created_at`, `updated_at`, `assignee`, `internal_notes`, `due_at`, `legal_hold`, `publish_at`, `withdraw_at`, `waivers`, `edition`, `published_version`, `agreed`, `unscheduled`, `slug_follows`, `external_system`, `external_id`, `translation_of`, `body` FROM `articles`;--> statement-breakpoint
DROP TABLE `articles`;--> statement-breakpoint
ALTER TABLE `__new_articles` RENAME TO `articles`;--> statement-breakpoint
CREATE UNIQUE INDEX `articles_slug_unique` ON `articles` (`slug`);--> statement-breakpoint
CREATE INDEX `articles_by_section` ON `articles` (`section`,`id`);--> statement-breakpoint
CREATE INDEX `articles_by_lead` ON `articles` (`lead_media_id`);--> statement-breakpoint
CREATE INDEX `articles_by_publish_at` ON `articles` (`publish_at`);--> statement-breakpoint
CREATE INDEX `articles_by_withdraw_at` ON `articles` (`withdraw_at`);--> statement-breakpoint
CREATE INDEX `articles_by_update` ON `articles` (`updated_at`,`id`);--> statement-breakpoint
CREATE TRIGGER `words_of_articles_removed` AFTER DELETE ON `articles` BEGIN
	DELETE FROM `desk_words` WHERE id = old.id;
END;--> statement-breakpoint
CREATE UNIQUE INDEX `articles_by_external_id` ON `articles` (`external_system`,`external_id`);--> statement-breakpoint
CREATE INDEX `articles_by_canonical_url` ON `articles` (`canonical_url`) WHERE "articles"."canonical_url" is not null;--> statement-breakpoint
CREATE INDEX `articles_by_original` ON `articles` (`translation_of`,`id`) WHERE "articles"."translation_of" is not null;--> statement-breakpoint
CREATE TABLE `__new_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`status` text NOT NULL,
	`system` text,
	`export_id` text,
	`media_type` text NOT NULL,
	`file` text,
	`canonical_url` text,
	`digest` text NOT NULL,
	`actor` text NOT NULL,
	`role` text,
	`waiting` integer NOT NULL,
	`doubtful` integer DEFAULT 0 NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`text` text NOT NULL,
	`proposals` text NOT NULL,
	`added` text DEFAULT '[]' NOT NULL,
	`warnings` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`export_id`) REFERENCES `export_imports`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
INSERT INTO `__new_imports` (`id`, `article_id`, `status`, `media_type`, `file`, `canonical_url`, `digest`, `actor`, `role`, `waiting`, `doubtful`, `version`, `created_at`, `updated_at`, `text`, `proposals`, `added`, `warnings`) SELECT `id`, `article_id`, `status`, `media_type`, `file`, `canonical_url`, `digest`, `actor`, `role`, `waiting`, `doubtful`, `version`, `created_at`, `updated_at`, `text`, `proposals`, `added`, `warnings` FROM `imports`;--> statement-breakpoint
DROP TABLE `imports`;--> statement-breakpoint
ALTER TABLE `__new_imports` RENAME TO `imports`;--> statement-breakpoint
CREATE INDEX `imports_by_status` ON `imports` (`status`,`id`);--> statement-breakpoint
CREATE INDEX `imports_by_article` ON `imports` (`article_id`,`id`);--> statement-breakpoint
CREATE INDEX `imports_by_digest` ON `imports` (`digest`);--> statement-breakpoint
CREATE INDEX `imports_by_address` ON `imports` (`canonical_url`) WHERE "imports"."canonical_url" is not null;--> statement-breakpoint
CREATE TABLE `__new_import_pages` (
	`import_id` text PRIMARY KEY NOT NULL,
	`bytes` integer NOT NULL,
	`at` text NOT NULL,
	`deflated` blob NOT NULL,
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_import_pages` (`import_id`, `bytes`, `at`, `deflated`) SELECT `import_id`, `bytes`, `at`, `deflated` FROM `import_pages`;--> statement-breakpoint
DROP TABLE `import_pages`;--> statement-breakpoint
ALTER TABLE `__new_import_pages` RENAME TO `import_pages`;--> statement-breakpoint
CREATE INDEX `import_pages_by_time` ON `import_pages` (`at`);
