CREATE TABLE `facet_values` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`value` text NOT NULL,
	`documents` integer NOT NULL
);
--> statement-breakpoint
INSERT INTO `facet_values` (`kind`, `name`, `value`, `documents`)
	SELECT `kind`, `name`, `value`, iif(`name` IN ('article', 'quote', 'media', 'record', 'parent', 'name', 'sameAs', 'url', 'translationOf', 'ends', 'file'), 0, count(*))
	FROM `published_facets` GROUP BY `kind`, `name`, `value`;
--> statement-breakpoint
CREATE UNIQUE INDEX `facet_values_by_value` ON `facet_values` (`kind`,`name`,`value`);
--> statement-breakpoint
CREATE INDEX `facet_values_by_documents` ON `facet_values` (`kind`,`name`,`documents`) WHERE "facet_values"."documents" > 0;
--> statement-breakpoint
CREATE TABLE `facet_documents` (
	`facet` integer NOT NULL,
	`position` text NOT NULL,
	`id` text NOT NULL,
	PRIMARY KEY(`facet`, `position`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `facet_documents` (`facet`, `position`, `id`)
	SELECT v.`number`, f.`position`, f.`id` FROM `published_facets` AS f
	CROSS JOIN `facet_values` AS v ON v.`kind` = f.`kind` AND v.`name` = f.`name` AND v.`value` = f.`value`;
--> statement-breakpoint
CREATE TABLE `document_facets` (
	`id` text NOT NULL,
	`facet` integer NOT NULL,
	PRIMARY KEY(`id`, `facet`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `document_facets` (`id`, `facet`)
	SELECT f.`id`, v.`number` FROM `published_facets` AS f INDEXED BY `published_facets_by_id`
	CROSS JOIN `facet_values` AS v ON v.`kind` = f.`kind` AND v.`name` = f.`name` AND v.`value` = f.`value`;
--> statement-breakpoint
DROP TABLE `facet_counts`;
--> statement-breakpoint
DROP TABLE `published_facets`;
--> statement-breakpoint
CREATE VIEW `published_facets` AS
	SELECT v.`kind`, v.`name`, v.`value`, f.`position`, f.`id`
	FROM `facet_values` AS v JOIN `facet_documents` AS f ON f.`facet` = v.`number`;
