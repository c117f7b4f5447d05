ALTER TABLE `searchable` ADD `article_id` text;--> statement-breakpoint
ALTER TABLE `searchable` ADD `position` text;--> statement-breakpoint
ALTER TABLE `searchable` ADD `moment` text;--> statement-breakpoint
ALTER TABLE `searchable` ADD `card` blob;