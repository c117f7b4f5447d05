DROP INDEX `published_slug_unique`;--> statement-breakpoint
CREATE UNIQUE INDEX `published_by_slug` ON `published` (`slug`) WHERE "published"."slug" is not null;--> statement-breakpoint
DROP INDEX `comments_by_parent`;--> statement-breakpoint
CREATE INDEX `comments_by_parent` ON `comments` (`parent_id`) WHERE "comments"."parent_id" is not null;