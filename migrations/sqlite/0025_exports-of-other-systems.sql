CREATE TABLE `imported_items` (
	`system` text NOT NULL,
	`kind` text NOT NULL,
	`external_id` text NOT NULL,
	`record_id` text NOT NULL,
	`digest` text NOT NULL,
	PRIMARY KEY(`system`, `kind`, `external_id`)
);
--> statement-breakpoint
CREATE TABLE `old_addresses` (
	`path` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `old_addresses_by_article` ON `old_addresses` (`article_id`);