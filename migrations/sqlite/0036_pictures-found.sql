CREATE TABLE `credit_names` (
	`credit_id` text NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`media_id` text NOT NULL,
	PRIMARY KEY(`credit_id`, `role`, `name`),
	FOREIGN KEY (`credit_id`) REFERENCES `media_credits`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `credit_names_by_name` ON `credit_names` (`role`,`name`,`media_id`);--> statement-breakpoint
CREATE TABLE `picture_hashes` (
	`file` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`first` integer NOT NULL,
	`second` integer NOT NULL,
	`third` integer NOT NULL,
	`fourth` integer NOT NULL,
	FOREIGN KEY (`file`) REFERENCES `files`(`digest`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `picture_hashes_by_first` ON `picture_hashes` (`first`);--> statement-breakpoint
CREATE INDEX `picture_hashes_by_second` ON `picture_hashes` (`second`);--> statement-breakpoint
CREATE INDEX `picture_hashes_by_third` ON `picture_hashes` (`third`);--> statement-breakpoint
CREATE INDEX `picture_hashes_by_fourth` ON `picture_hashes` (`fourth`);--> statement-breakpoint
INSERT OR IGNORE INTO `credit_names` (`credit_id`, `role`, `name`, `media_id`)
SELECT `c`.`id`, 'creator', `n`.`value`, `c`.`media_id` FROM `media_credits` AS `c`, json_each(`c`.`creators`) AS `n`
UNION ALL SELECT `c`.`id`, 'supplier', `n`.`value`, `c`.`media_id` FROM `media_credits` AS `c`, json_each(`c`.`suppliers`) AS `n`
UNION ALL SELECT `id`, 'licence', `licence` ->> 'name', `media_id` FROM `media_credits` WHERE `licence` ->> 'name' IS NOT NULL;
