DROP INDEX `rendition_sets_due`;--> statement-breakpoint
ALTER TABLE `rendition_sets` ADD `background` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `rendition_sets_due` ON `rendition_sets` (`background`,`due_at`) WHERE "rendition_sets"."due_at" is not null;