CREATE TABLE `file_metadata` (
	`file` text PRIMARY KEY NOT NULL,
	`proposal` text NOT NULL,
	`details` text NOT NULL,
	FOREIGN KEY (`file`) REFERENCES `files`(`digest`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `media` ADD `people` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `media` ADD `location` text;