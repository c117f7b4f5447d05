CREATE TABLE `invalidations` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`tags` blob NOT NULL
);
