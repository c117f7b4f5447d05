CREATE TABLE `quote_keys` (
	`draft` integer NOT NULL,
	`key` integer NOT NULL,
	`number` integer NOT NULL,
	PRIMARY KEY(`draft`, `key`, `number`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `quote_prints` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`article_id` text NOT NULL,
	`quote_id` text NOT NULL,
	`draft` integer NOT NULL,
	`keys` blob NOT NULL
);
--> statement-breakpoint
CREATE INDEX `quote_prints_by_article` ON `quote_prints` (`article_id`,`draft`);