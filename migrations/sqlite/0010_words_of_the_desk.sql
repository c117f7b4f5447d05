CREATE TABLE `desk_words` (
	`row` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`article` text DEFAULT '' NOT NULL,
	`source` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `desk_words_id_unique` ON `desk_words` (`id`);--> statement-breakpoint
CREATE TABLE `source_addresses` (
	`source_id` text NOT NULL,
	`url` text NOT NULL,
	PRIMARY KEY(`source_id`, `url`),
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `source_addresses_by_url` ON `source_addresses` (`url`,`source_id`);--> statement-breakpoint
CREATE INDEX `articles_by_update` ON `articles` (`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `media_by_url` ON `media` (`url`,`id`) WHERE "media"."url" is not null;--> statement-breakpoint
CREATE INDEX `sources_by_name` ON `sources` (`name`,`id`);--> statement-breakpoint
CREATE VIRTUAL TABLE `desk_search` USING fts5(`article`, `source`, content='', contentless_delete=1, tokenize='ascii');--> statement-breakpoint
CREATE TRIGGER `desk_words_added` AFTER INSERT ON `desk_words` BEGIN
	INSERT INTO `desk_search`(rowid, article, source) VALUES (new.row, indexed(new.article), indexed(new.source));
END;--> statement-breakpoint
CREATE TRIGGER `desk_words_changed` AFTER UPDATE ON `desk_words` BEGIN
	UPDATE `desk_search` SET article = indexed(new.article), source = indexed(new.source) WHERE rowid = new.row;
END;--> statement-breakpoint
CREATE TRIGGER `desk_words_removed` AFTER DELETE ON `desk_words` BEGIN
	DELETE FROM `desk_search` WHERE rowid = old.row;
END;--> statement-breakpoint
CREATE TRIGGER `words_of_articles_removed` AFTER DELETE ON `articles` BEGIN
	DELETE FROM `desk_words` WHERE id = old.id;
END;--> statement-breakpoint
CREATE TRIGGER `words_of_sources_removed` AFTER DELETE ON `sources` BEGIN
	DELETE FROM `desk_words` WHERE id = old.id;
END;--> statement-breakpoint
INSERT INTO `desk_words`(id, article) SELECT a.id, concat_ws(char(10), a.title, a.dek, a.summary, a.section, (SELECT group_concat(t.words, char(10) || char(10)) FROM (SELECT (SELECT group_concat(s.value ->> 'text', '') FROM json_each(b.value, '$.children') s) AS words FROM json_each(a.body) b WHERE b.value ->> '_type' = 'block') t)) FROM `articles` a ORDER BY a.id;--> statement-breakpoint
INSERT INTO `desk_words`(id, source) SELECT id, concat_ws(char(10), name, role) FROM `sources` ORDER BY id;--> statement-breakpoint
INSERT INTO `source_addresses`(source_id, url) SELECT DISTINCT s.id, u.value FROM `sources` s, json_each(s.same_as) u;
