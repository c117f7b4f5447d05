ALTER TABLE `revisions` ADD `body` blob;--> statement-breakpoint
DROP TRIGGER `desk_words_added`;--> statement-breakpoint
DROP TRIGGER `desk_words_changed`;--> statement-breakpoint
DROP TRIGGER `searchable_added`;--> statement-breakpoint
DROP TRIGGER `searchable_removed`;--> statement-breakpoint
ALTER TABLE `desk_words` DROP COLUMN `article`;--> statement-breakpoint
ALTER TABLE `desk_words` DROP COLUMN `source`;
