CREATE TABLE `export_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`reader` text NOT NULL,
	`is_named` integer NOT NULL,
	`system` text NOT NULL,
	`publish` integer NOT NULL,
	`quotes` integer NOT NULL,
	`media_type` text NOT NULL,
	`file` text,
	`bytes` integer NOT NULL,
	`digest` text NOT NULL,
	`read` integer NOT NULL,
	`counts` text NOT NULL,
	`reported` integer NOT NULL,
	`error` text,
	`actor` text NOT NULL,
	`role` text,
	`started_at` text,
	`finished_at` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `export_imports_by_status` ON `export_imports` (`status`,`id`);--> statement-breakpoint
CREATE TABLE `import_losses` (
	`import_id` text NOT NULL,
	`place` text NOT NULL,
	`digest` text NOT NULL,
	`code` text NOT NULL,
	`reason` text NOT NULL,
	`words` text,
	PRIMARY KEY(`import_id`, `place`, `digest`),
	FOREIGN KEY (`import_id`) REFERENCES `export_imports`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `imported_items` ADD `run` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `imported_items` ADD `outcome` text DEFAULT 'unchanged' NOT NULL;--> statement-breakpoint
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
CREATE INDEX `imports_by_export` ON `imports` (`export_id`) WHERE "imports"."export_id" is not null;