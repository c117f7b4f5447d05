CREATE TABLE `causes` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`article_id` text,
	`statement_id` text,
	`correction_id` text,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`ended_at` text,
	`run` integer NOT NULL,
	`done_at` text
);
--> statement-breakpoint
CREATE INDEX `causes_by_subject` ON `causes` (`subject_id`);--> statement-breakpoint
CREATE INDEX `causes_by_article` ON `causes` (`article_id`);--> statement-breakpoint
CREATE INDEX `causes_by_done` ON `causes` (`done_at`);--> statement-breakpoint
CREATE TABLE `reached` (
	`cause_id` text NOT NULL,
	`run` integer NOT NULL,
	`statement_id` text NOT NULL,
	`article_id` text NOT NULL,
	`hops` integer NOT NULL,
	`after` text,
	`is_done` integer NOT NULL,
	PRIMARY KEY(`cause_id`, `run`, `statement_id`)
);
--> statement-breakpoint
CREATE INDEX `reached_by_done` ON `reached` (`cause_id`,`run`,`is_done`);--> statement-breakpoint
CREATE TABLE `reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`cause_id` text NOT NULL,
	`article_id` text NOT NULL,
	`state` text NOT NULL,
	`run` integer NOT NULL,
	`at` text NOT NULL,
	`note` text,
	`cleared_at` text,
	`cleared_by` text,
	FOREIGN KEY (`cause_id`) REFERENCES `causes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reviews_by_article` ON `reviews` (`article_id`,`cause_id`);--> statement-breakpoint
CREATE INDEX `reviews_by_cause` ON `reviews` (`cause_id`,`state`,`run`);--> statement-breakpoint
CREATE INDEX `reviews_by_state` ON `reviews` (`state`,`id`);