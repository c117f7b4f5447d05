ALTER TABLE `articles` ADD `translation_of` text;--> statement-breakpoint
CREATE INDEX `articles_by_original` ON `articles` (`translation_of`,`id`) WHERE "articles"."translation_of" is not null;