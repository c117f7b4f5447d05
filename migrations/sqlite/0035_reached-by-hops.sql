DROP INDEX `reached_by_done`;--> statement-breakpoint
CREATE INDEX `reached_by_done` ON `reached` (`cause_id`,`run`,`is_done`,`hops`);