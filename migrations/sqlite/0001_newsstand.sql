CREATE TABLE `facet_counts` (
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`value` text NOT NULL,
	`documents` integer NOT NULL,
	PRIMARY KEY(`kind`, `name`, `value`)
);
--> statement-breakpoint
CREATE INDEX `facet_counts_by_documents` ON `facet_counts` (`kind`,`name`,`documents`);--> statement-breakpoint
CREATE TABLE `searchable` (
	`row` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`headline` text NOT NULL,
	`text` text NOT NULL,
	`quote` text NOT NULL,
	`caption` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `searchable_by_id` ON `searchable` (`kind`,`id`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_published` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`slug` text,
	`position` text NOT NULL,
	`moment` text,
	`article_id` text,
	`etag` text NOT NULL,
	`modified` text NOT NULL,
	`card` blob,
	`document` blob NOT NULL,
	`gzip` blob,
	PRIMARY KEY(`kind`, `id`)
);
--> statement-breakpoint
INSERT INTO `__new_published`("kind", "id", "slug", "position", "moment", "article_id", "etag", "modified", "card", "document", "gzip") SELECT "kind", "id", "slug", "position", NULL, NULL, "etag", strftime('%Y-%m-%dT%H:%M:%S.000Z', 'now'), nullif("card", "document"), "document", NULL FROM `published`;--> statement-breakpoint
DROP TABLE `published`;--> statement-breakpoint
ALTER TABLE `__new_published` RENAME TO `published`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `published_slug_unique` ON `published` (`slug`);--> statement-breakpoint
CREATE INDEX `published_by_position` ON `published` (`kind`,`position`,`id`,`moment`);--> statement-breakpoint
CREATE TABLE `__new_published_facets` (
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`value` text NOT NULL,
	`position` text NOT NULL,
	`id` text NOT NULL,
	PRIMARY KEY(`kind`, `name`, `value`, `position`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_published_facets` SELECT `kind`, `name`, `value`, `position`, `id` FROM `published_facets`;--> statement-breakpoint
DROP TABLE `published_facets`;--> statement-breakpoint
ALTER TABLE `__new_published_facets` RENAME TO `published_facets`;--> statement-breakpoint
CREATE INDEX `published_facets_by_id` ON `published_facets` (`kind`,`id`,`name`);--> statement-breakpoint
INSERT INTO `facet_counts` SELECT `kind`, `name`, `value`, count(*) FROM `published_facets` WHERE `name` NOT IN ('article', 'quote', 'media', 'record', 'parent') GROUP BY `kind`, `name`, `value`;--> statement-breakpoint
CREATE VIRTUAL TABLE `search` USING fts5(`headline`, `text`, `quote`, `caption`, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3');--> statement-breakpoint
CREATE VIRTUAL TABLE `headlines` USING fts5(`headline`, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3');--> statement-breakpoint
CREATE TRIGGER `searchable_added` AFTER INSERT ON `searchable` BEGIN
	INSERT INTO `search`(rowid, headline, text, quote, caption) VALUES (new.row, fold(new.headline), fold(new.text), fold(new.quote), fold(new.caption));
	INSERT INTO `headlines`(rowid, headline) VALUES (new.row, fold(new.headline));
END;--> statement-breakpoint
CREATE TRIGGER `searchable_removed` AFTER DELETE ON `searchable` BEGIN
	DELETE FROM `search` WHERE rowid = old.row;
	DELETE FROM `headlines` WHERE rowid = old.row;
END;
