CREATE TABLE `trash` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`article_id` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`role` text,
	`slug` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `trash_article_id_unique` ON `trash` (`article_id`);--> statement-breakpoint
CREATE INDEX `trash_by_time` ON `trash` (`at`);