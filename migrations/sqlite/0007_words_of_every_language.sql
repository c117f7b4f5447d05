CREATE TABLE `rebuilds` (
	`release` text PRIMARY KEY NOT NULL,
	`after` text
);
--> statement-breakpoint
DROP TRIGGER `searchable_added`;--> statement-breakpoint
DROP TRIGGER `searchable_removed`;--> statement-breakpoint
DROP TABLE `search`;--> statement-breakpoint
DROP TABLE `headlines`;--> statement-breakpoint
DELETE FROM `searchable`;--> statement-breakpoint
CREATE VIRTUAL TABLE `search` USING fts5(`headline`, `text`, `quote`, `caption`, content='', contentless_delete=1, tokenize='ascii', prefix='2 3');--> statement-breakpoint
CREATE VIRTUAL TABLE `headlines` USING fts5(`headline`, content='', contentless_delete=1, tokenize='ascii', prefix='2 3');--> statement-breakpoint
CREATE TRIGGER `searchable_added` AFTER INSERT ON `searchable` BEGIN
	INSERT INTO `search`(rowid, headline, text, quote, caption) VALUES (new.row, indexed(new.headline), indexed(new.text), indexed(new.quote), indexed(new.caption));
	INSERT INTO `headlines`(rowid, headline) VALUES (new.row, indexed(new.headline));
END;--> statement-breakpoint
CREATE TRIGGER `searchable_removed` AFTER DELETE ON `searchable` BEGIN
	DELETE FROM `search` WHERE rowid = old.row;
	DELETE FROM `headlines` WHERE rowid = old.row;
END;
