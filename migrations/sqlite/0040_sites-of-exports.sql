CREATE TABLE `imported_sites` (
	`system` text NOT NULL,
	`site` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`system`, `site`)
);
--> statement-breakpoint
ALTER TABLE `export_imports` ADD `moved` integer DEFAULT false NOT NULL;