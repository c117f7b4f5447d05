ALTER TABLE `comments` DROP COLUMN `author_email`;--> statement-breakpoint
ALTER TABLE `comments` DROP COLUMN `author_key`;