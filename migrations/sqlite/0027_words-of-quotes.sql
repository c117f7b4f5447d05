-- The index of quotes is made anew by the rebuild that follows an upgrade.
DELETE FROM `quote_keys`;--> statement-breakpoint
DELETE FROM `quote_prints`;--> statement-breakpoint
ALTER TABLE `quote_prints` RENAME COLUMN `keys` TO `words`;
