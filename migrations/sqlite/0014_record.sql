CREATE TABLE `edges` (
	`article_id` text NOT NULL,
	`attribution_id` text NOT NULL,
	`position` integer NOT NULL,
	`statement_id` text NOT NULL,
	`words` text NOT NULL,
	`target` text,
	`unnamed` text,
	`relation` text NOT NULL,
	`url` text,
	`at` text,
	PRIMARY KEY(`article_id`, `attribution_id`, `position`)
);
--> statement-breakpoint
CREATE INDEX `edges_by_target` ON `edges` (`target`,`article_id`);--> statement-breakpoint
ALTER TABLE `hops` ADD `cited_id` text;--> statement-breakpoint
ALTER TABLE `hops` ADD `position_to_know` text;--> statement-breakpoint
CREATE INDEX `articles_by_canonical_url` ON `articles` (`canonical_url`) WHERE "articles"."canonical_url" is not null;--> statement-breakpoint
CREATE INDEX `sources_by_url` ON `sources` (`url`) WHERE "sources"."url" is not null;