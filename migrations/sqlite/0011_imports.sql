CREATE TABLE `import_pages` (
	`import_id` text PRIMARY KEY NOT NULL,
	`deflated` blob NOT NULL,
	`bytes` integer NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `import_pages_by_time` ON `import_pages` (`at`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`status` text NOT NULL,
	`media_type` text NOT NULL,
	`file` text,
	`canonical_url` text,
	`digest` text NOT NULL,
	`actor` text NOT NULL,
	`role` text,
	`text` text NOT NULL,
	`proposals` text NOT NULL,
	`waiting` integer NOT NULL,
	`doubtful` integer DEFAULT 0 NOT NULL,
	`added` text DEFAULT '[]' NOT NULL,
	`warnings` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `imports_by_status` ON `imports` (`status`,`id`);--> statement-breakpoint
CREATE INDEX `imports_by_article` ON `imports` (`article_id`,`id`);--> statement-breakpoint
CREATE INDEX `imports_by_digest` ON `imports` (`digest`);--> statement-breakpoint
CREATE INDEX `imports_by_address` ON `imports` (`canonical_url`) WHERE "imports"."canonical_url" is not null;