CREATE TABLE `error_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`what` text NOT NULL,
	`words` text,
	`quote_id` text,
	`attribution_id` text,
	`credit_id` text,
	`evidence` text,
	`mention` integer NOT NULL,
	`status` text NOT NULL,
	`rules` text NOT NULL,
	`author` text,
	`email` text,
	`network` text NOT NULL,
	`sealed_contact` text,
	`receipt` text NOT NULL,
	`reason` text,
	`note` text,
	`decided_at` text,
	`decided_by` text,
	`correction_id` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`correction_id`) REFERENCES `corrections`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `error_reports_receipt_unique` ON `error_reports` (`receipt`);--> statement-breakpoint
CREATE INDEX `error_reports_by_status` ON `error_reports` (`status`,`id`);--> statement-breakpoint
CREATE INDEX `error_reports_by_article` ON `error_reports` (`article_id`,`id`);--> statement-breakpoint
CREATE INDEX `error_reports_by_network` ON `error_reports` (`network`,`id`);--> statement-breakpoint
CREATE INDEX `error_reports_by_author` ON `error_reports` (`author`,`id`) WHERE "error_reports"."author" is not null;--> statement-breakpoint
CREATE INDEX `error_reports_by_email` ON `error_reports` (`email`,`id`) WHERE "error_reports"."email" is not null;--> statement-breakpoint
CREATE INDEX `error_reports_by_correction` ON `error_reports` (`correction_id`) WHERE "error_reports"."correction_id" is not null;--> statement-breakpoint
ALTER TABLE `corrections` ADD `error_report_id` text;--> statement-breakpoint
ALTER TABLE `corrections` ADD `found_by_reader` integer DEFAULT false NOT NULL;