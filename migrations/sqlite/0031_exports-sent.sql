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
CREATE INDEX `imports_by_export` ON `imports` (`export_id`) WHERE "imports"."export_id" is not null;