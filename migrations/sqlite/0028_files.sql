CREATE TABLE `files` (
	`digest` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`kind` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer,
	`height` integer,
	`frames` integer,
	`added_by` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `files_by_adder` ON `files` (`added_by`,`created_at`);--> statement-breakpoint
CREATE TABLE `media_settings` (
	`id` text PRIMARY KEY NOT NULL,
	`settings` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `rendition_files` (
	`digest` text NOT NULL,
	`set_id` text NOT NULL,
	`type` text NOT NULL,
	`bytes` integer NOT NULL,
	PRIMARY KEY(`digest`, `set_id`),
	FOREIGN KEY (`set_id`) REFERENCES `rendition_sets`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `rendition_files_by_set` ON `rendition_files` (`set_id`);--> statement-breakpoint
CREATE TABLE `rendition_sets` (
	`id` text PRIMARY KEY NOT NULL,
	`file` text NOT NULL,
	`recipe` text NOT NULL,
	`state` text NOT NULL,
	`renditions` text NOT NULL,
	`placeholder` text,
	`error` text,
	`attempts` integer NOT NULL,
	`due_at` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`file`) REFERENCES `files`(`digest`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `rendition_sets_by_file` ON `rendition_sets` (`file`);--> statement-breakpoint
CREATE INDEX `rendition_sets_due` ON `rendition_sets` (`due_at`) WHERE "rendition_sets"."due_at" is not null;--> statement-breakpoint
ALTER TABLE `media` ADD `file` text REFERENCES files(digest);--> statement-breakpoint
ALTER TABLE `media` ADD `file_name` text;--> statement-breakpoint
ALTER TABLE `media` ADD `focal_point` text;--> statement-breakpoint
CREATE INDEX `media_by_file` ON `media` (`file`,`id`) WHERE "media"."file" is not null;