CREATE TABLE `published_sets` (
	`set_id` text NOT NULL,
	`media_id` text NOT NULL,
	PRIMARY KEY(`set_id`, `media_id`),
	FOREIGN KEY (`set_id`) REFERENCES `rendition_sets`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `published_sets_by_media` ON `published_sets` (`media_id`);