CREATE TABLE `source_names` (
	`source_id` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`source_id`, `name`),
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `source_names_by_name` ON `source_names` (`name`,`source_id`);--> statement-breakpoint
ALTER TABLE `articles` ADD `external_system` text;--> statement-breakpoint
ALTER TABLE `articles` ADD `external_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `articles_by_external_id` ON `articles` (`external_system`,`external_id`);--> statement-breakpoint
ALTER TABLE `media` ADD `external_system` text;--> statement-breakpoint
ALTER TABLE `media` ADD `external_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `media_by_external_id` ON `media` (`external_system`,`external_id`);--> statement-breakpoint
ALTER TABLE `sources` ADD `aliases` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `sources` ADD `external_system` text;--> statement-breakpoint
ALTER TABLE `sources` ADD `external_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `sources_by_external_id` ON `sources` (`external_system`,`external_id`);--> statement-breakpoint
INSERT INTO `source_names`(source_id, name) SELECT id, name_key(name) FROM `sources` WHERE name_key(name) <> '';
