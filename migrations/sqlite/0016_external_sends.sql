CREATE TABLE `external_sends` (
	`article_id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`sent` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
