-- Written by npm run generate.
CREATE TABLE "__drizzle_migrations" (
				id SERIAL PRIMARY KEY,
				hash text NOT NULL,
				created_at numeric
			);
CREATE TABLE `addresses` (
	`slug` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL
);
CREATE TABLE `article_bylines` (
	`article_id` text NOT NULL,
	`position` integer NOT NULL,
	`source_id` text,
	`name` text NOT NULL,
	`role` text,
	PRIMARY KEY(`article_id`, `position`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `article_media` (
	`article_id` text NOT NULL,
	`media_id` text NOT NULL,
	PRIMARY KEY(`article_id`, `media_id`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `article_tags` (
	`article_id` text NOT NULL,
	`position` integer NOT NULL,
	`tag` text NOT NULL,
	PRIMARY KEY(`article_id`, `position`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `attributions` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`quote_id` text,
	`claim` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`quote_id`) REFERENCES `quotes`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `changes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`article_id` text,
	`version` integer
, `role` text, `detail` text);
CREATE TABLE `comments` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`parent_id` text,
	`depth` integer NOT NULL,
	`thread` text NOT NULL,
	`author_name` text NOT NULL,
	`body` text NOT NULL,
	`status` text NOT NULL,
	`reasons` text NOT NULL,
	`edited_at` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL, `author` text, `email` text, `network` text, `sealed_email` text, `edit_key` text, `rules` text DEFAULT '[]' NOT NULL, `fingerprint` text, `reports` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`parent_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `corrections` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`kind` text NOT NULL,
	`target` text,
	`text` text NOT NULL,
	`was` text,
	`now` text,
	`published_at` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL, `error_report_id` text, `found_by_reader` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `hops` (
	`attribution_id` text NOT NULL,
	`position` integer NOT NULL,
	`source_id` text,
	`unnamed` text,
	`relation` text NOT NULL,
	`terms` text NOT NULL,
	`url` text,
	`at` text, `cited_id` text, `position_to_know` text,
	PRIMARY KEY(`attribution_id`, `position`),
	FOREIGN KEY (`attribution_id`) REFERENCES `attributions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `media` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`url` text,
	`caption` text,
	`alt` text,
	`width` integer,
	`height` integer,
	`captured_at` text,
	`digital_source_type` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
, `embargo_until` text, `external_system` text, `external_id` text, `file` text REFERENCES files(digest), `file_name` text, `focal_point` text, `people` text DEFAULT '[]' NOT NULL, `location` text, `substitute_id` text REFERENCES media(id));
CREATE TABLE `media_credits` (
	`id` text PRIMARY KEY NOT NULL,
	`media_id` text NOT NULL,
	`credit_line` text NOT NULL,
	`creators` text NOT NULL,
	`suppliers` text NOT NULL,
	`copyright_notice` text,
	`copyright_holder` text,
	`licence` text,
	`usage_terms` text,
	`acquire_license_page` text,
	`expires_at` text,
	`territories` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL, `purposes` text, `max_uses` integer, `approval_by` text, `approval` text, `notice_at` text,
	FOREIGN KEY (`media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `quotes` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`text` text NOT NULL,
	`kind` text NOT NULL,
	`display` text NOT NULL,
	`language` text,
	`verbatim` text,
	`alterations` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `sources` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`role` text,
	`affiliation_id` text,
	`url` text,
	`same_as` text NOT NULL,
	`notes` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL, `aliases` text DEFAULT '[]' NOT NULL, `external_system` text, `external_id` text,
	FOREIGN KEY (`affiliation_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text,
	`revoked_at` text
, `prefix` text, `last_used_at` text, `previous_hash` text, `previous_until` text);
CREATE TABLE `withdrawn` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`kind`, `id`)
);
CREATE TABLE `searchable` (
	`row` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`headline` text NOT NULL,
	`text` text NOT NULL,
	`quote` text NOT NULL,
	`caption` text NOT NULL
, `article_id` text, `position` text, `moment` text);
CREATE TABLE "published" (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`slug` text,
	`position` text NOT NULL,
	`moment` text,
	`article_id` text,
	`etag` text NOT NULL,
	`modified` text NOT NULL,
	`card` blob,
	`document` blob NOT NULL,
	`gzip` blob,
	PRIMARY KEY(`kind`, `id`)
);
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`webhook_id` text NOT NULL,
	`seq` integer NOT NULL,
	`event` text NOT NULL,
	`article_id` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`created_at` text NOT NULL,
	`next_at` text,
	`last_at` text,
	`last_status` integer,
	`last_error` text,
	FOREIGN KEY (`webhook_id`) REFERENCES `webhooks`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `editions` (
	`article_id` text NOT NULL,
	`number` integer NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`note` text,
	`version` integer,
	`document` blob NOT NULL,
	PRIMARY KEY(`article_id`, `number`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `locks` (
	`article_id` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`since` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `revisions` (
	`article_id` text NOT NULL,
	`version` integer NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`draft` text NOT NULL, `body` blob,
	PRIMARY KEY(`article_id`, `version`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `webhooks` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`events` text NOT NULL,
	`secrets` text NOT NULL,
	`disabled_at` text,
	`disabled_reason` text,
	`failing_since` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
CREATE TABLE `answers` (
	`id` text PRIMARY KEY NOT NULL,
	`request` text NOT NULL,
	`sealed` blob NOT NULL,
	`at` text NOT NULL
);
CREATE TABLE `backups` (
	`id` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`actor` text NOT NULL,
	`created_at` text NOT NULL,
	`started_at` text,
	`finished_at` text,
	`file` text,
	`bytes` integer,
	`sha256` text,
	`error` text
, `kind` text DEFAULT 'backup' NOT NULL);
CREATE TABLE `bans` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`reason` text,
	`until` text,
	`actor` text NOT NULL,
	`created_at` text NOT NULL
);
CREATE TABLE `blocked_terms` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`term` text NOT NULL,
	`outcome` text NOT NULL,
	`note` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
CREATE TABLE `comment_decisions` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`comment_id` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`decision` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`reasons` text NOT NULL,
	`note` text,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `comment_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`comment_id` text NOT NULL,
	`reporter` text NOT NULL,
	`reason` text NOT NULL,
	`detail` text,
	`at` text NOT NULL,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `comment_settings` (
	`id` text PRIMARY KEY NOT NULL,
	`settings` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
CREATE TABLE `spent_proofs` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` text NOT NULL
);
CREATE TABLE `rebuilds` (
	`release` text PRIMARY KEY NOT NULL,
	`after` text
);
CREATE VIRTUAL TABLE `search` USING fts5(`headline`, `text`, `quote`, `caption`, content='', contentless_delete=1, tokenize='ascii', prefix='2 3');
CREATE VIRTUAL TABLE `headlines` USING fts5(`headline`, content='', contentless_delete=1, tokenize='ascii', prefix='2 3');
CREATE TABLE `trash` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`article_id` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`role` text,
	`slug` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `desk_words` (
	`row` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL);
CREATE TABLE `source_addresses` (
	`source_id` text NOT NULL,
	`url` text NOT NULL,
	PRIMARY KEY(`source_id`, `url`),
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE VIRTUAL TABLE `desk_search` USING fts5(`article`, `source`, content='', contentless_delete=1, tokenize='ascii');
CREATE TABLE `source_names` (
	`source_id` text NOT NULL,
	`name` text NOT NULL, `initials` text,
	PRIMARY KEY(`source_id`, `name`),
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `invalidations` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`tags` blob NOT NULL
);
CREATE TABLE `edges` (
	`article_id` text NOT NULL,
	`attribution_id` text NOT NULL,
	`position` integer NOT NULL,
	`statement_id` text NOT NULL,
	`words` text NOT NULL,
	`target` text,
	`unnamed` text,
	`relation` text NOT NULL,
	`url` text,
	`at` text,
	PRIMARY KEY(`article_id`, `attribution_id`, `position`)
);
CREATE TABLE `external_sends` (
	`article_id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`sent` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
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
CREATE TABLE `publisher` (
	`id` text PRIMARY KEY NOT NULL,
	`about` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
CREATE TABLE `allegations` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`quote_id` text,
	`attribution_id` text,
	`source_id` text,
	`name` text,
	`note` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `reply_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`source_id` text,
	`name` text,
	`about` text,
	`via` text,
	`asked_at` text NOT NULL,
	`deadline` text,
	`state` text NOT NULL,
	`replied_at` text,
	`terms` text,
	`note` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `private_reports` (
	`field` text NOT NULL,
	`quarter` text NOT NULL,
	`report` text NOT NULL,
	PRIMARY KEY(`field`, `quarter`)
);
CREATE TABLE `private_values` (
	`source_id` text NOT NULL,
	`field` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`source_id`, `field`),
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `source_fields` (
	`id` text PRIMARY KEY NOT NULL,
	`fields` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
CREATE TABLE `merge_moves` (
	`merge_id` text NOT NULL,
	`kind` text NOT NULL,
	`record` text NOT NULL,
	`position` integer NOT NULL,
	`article_id` text,
	`word` text,
	`keys` text,
	`is_back` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`merge_id`, `kind`, `record`, `position`),
	FOREIGN KEY (`merge_id`) REFERENCES `source_merges`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `moved` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`to_id` text NOT NULL,
	PRIMARY KEY(`kind`, `id`)
);
CREATE TABLE `previews` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`note` text,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`expires_at` text NOT NULL,
	`hash` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `source_merges` (
	`id` text PRIMARY KEY NOT NULL,
	`into_id` text NOT NULL,
	`state` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`role` text,
	`gained` text NOT NULL,
	`source` text,
	`external_system` text,
	`external_id` text,
	`articles` integer NOT NULL,
	`left` text NOT NULL
);
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
CREATE TABLE `quote_prints` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`article_id` text NOT NULL,
	`quote_id` text NOT NULL,
	"words" blob NOT NULL
);
CREATE TABLE `imported_items` (
	`system` text NOT NULL,
	`kind` text NOT NULL,
	`external_id` text NOT NULL,
	`record_id` text NOT NULL,
	`digest` text NOT NULL, `run` text DEFAULT '' NOT NULL, `outcome` text DEFAULT 'unchanged' NOT NULL,
	PRIMARY KEY(`system`, `kind`, `external_id`)
);
CREATE TABLE `old_addresses` (
	`path` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `transfers` (
	`sha256` text PRIMARY KEY NOT NULL,
	`lines` integer NOT NULL,
	`finished_at` text
);
CREATE TABLE `files` (
	`digest` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`kind` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer,
	`height` integer,
	`frames` integer,
	`added_by` text NOT NULL,
	`created_at` text NOT NULL
, `credentials` text);
CREATE TABLE `media_settings` (
	`id` text PRIMARY KEY NOT NULL,
	`settings` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
CREATE TABLE `rendition_files` (
	`digest` text NOT NULL,
	`set_id` text NOT NULL,
	`type` text NOT NULL,
	`bytes` integer NOT NULL,
	PRIMARY KEY(`digest`, `set_id`),
	FOREIGN KEY (`set_id`) REFERENCES `rendition_sets`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `rendition_sets` (
	`id` text PRIMARY KEY NOT NULL,
	`file` text NOT NULL,
	`recipe` text NOT NULL,
	`state` text NOT NULL,
	`renditions` text NOT NULL,
	`placeholder` text,
	`error` text,
	`attempts` integer NOT NULL,
	`due_at` text,
	`created_at` text NOT NULL, `background` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`file`) REFERENCES `files`(`digest`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `file_metadata` (
	`file` text PRIMARY KEY NOT NULL,
	`proposal` text NOT NULL,
	`details` text NOT NULL,
	FOREIGN KEY (`file`) REFERENCES `files`(`digest`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE "quote_keys" (
	`key` integer NOT NULL,
	`number` integer NOT NULL,
	PRIMARY KEY(`key`, `number`)
) WITHOUT ROWID;
CREATE TABLE "articles" (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`status` text NOT NULL,
	`title` text NOT NULL,
	`dek` text,
	`summary` text,
	`language` text NOT NULL,
	`section` text,
	`dateline` text,
	`lead_media_id` text,
	`origin` text,
	`canonical_url` text,
	`published_at` text,
	`first_published_at` text,
	`embargo_until` text,
	`comment_policy` text NOT NULL,
	`extra` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`assignee` text,
	`internal_notes` text,
	`due_at` text,
	`legal_hold` integer DEFAULT false NOT NULL,
	`publish_at` text,
	`withdraw_at` text,
	`waivers` text DEFAULT '[]' NOT NULL,
	`edition` integer DEFAULT 0 NOT NULL,
	`published_version` integer,
	`agreed` text,
	`unscheduled` text,
	`slug_follows` integer DEFAULT false NOT NULL,
	`external_system` text,
	`external_id` text,
	`translation_of` text,
	`purposes` text DEFAULT '["web"]' NOT NULL,
	`body` text NOT NULL,
	FOREIGN KEY (`lead_media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE "imports" (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`status` text NOT NULL,
	`system` text,
	`export_id` text,
	`media_type` text NOT NULL,
	`file` text,
	`canonical_url` text,
	`digest` text NOT NULL,
	`actor` text NOT NULL,
	`role` text,
	`waiting` integer NOT NULL,
	`doubtful` integer DEFAULT 0 NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`text` text NOT NULL,
	`proposals` text NOT NULL,
	`added` text DEFAULT '[]' NOT NULL,
	`warnings` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`export_id`) REFERENCES `export_imports`(`id`) ON UPDATE no action ON DELETE set null
);
CREATE TABLE "import_pages" (
	`import_id` text PRIMARY KEY NOT NULL,
	`bytes` integer NOT NULL,
	`at` text NOT NULL,
	`deflated` blob NOT NULL,
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `export_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`reader` text NOT NULL,
	`is_named` integer NOT NULL,
	`system` text NOT NULL,
	`publish` integer NOT NULL,
	`quotes` integer NOT NULL,
	`media_type` text NOT NULL,
	`file` text,
	`bytes` integer NOT NULL,
	`digest` text NOT NULL,
	`read` integer NOT NULL,
	`counts` text NOT NULL,
	`reported` integer NOT NULL,
	`error` text,
	`actor` text NOT NULL,
	`role` text,
	`started_at` text,
	`finished_at` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
, `moved` integer DEFAULT false NOT NULL);
CREATE TABLE `import_losses` (
	`import_id` text NOT NULL,
	`place` text NOT NULL,
	`digest` text NOT NULL,
	`code` text NOT NULL,
	`reason` text NOT NULL,
	`words` text,
	PRIMARY KEY(`import_id`, `place`, `digest`),
	FOREIGN KEY (`import_id`) REFERENCES `export_imports`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `licences` (
	`id` text PRIMARY KEY NOT NULL,
	`licences` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
CREATE TABLE `media_uses` (
	`article_id` text NOT NULL,
	`media_id` text NOT NULL,
	`kind` text NOT NULL,
	`purposes` text NOT NULL,
	`credits` text NOT NULL,
	`at` text NOT NULL,
	`ended_at` text,
	PRIMARY KEY(`article_id`, `media_id`)
);
CREATE TABLE `credit_names` (
	`credit_id` text NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`media_id` text NOT NULL,
	PRIMARY KEY(`credit_id`, `role`, `name`),
	FOREIGN KEY (`credit_id`) REFERENCES `media_credits`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `picture_hashes` (
	`file` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`first` integer NOT NULL,
	`second` integer NOT NULL,
	`third` integer NOT NULL,
	`fourth` integer NOT NULL,
	FOREIGN KEY (`file`) REFERENCES `files`(`digest`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `facet_values` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`value` text NOT NULL,
	`documents` integer NOT NULL
);
CREATE TABLE `facet_documents` (
	`facet` integer NOT NULL,
	`position` text NOT NULL,
	`id` text NOT NULL,
	PRIMARY KEY(`facet`, `position`, `id`)
) WITHOUT ROWID;
CREATE TABLE `document_facets` (
	`id` text NOT NULL,
	`facet` integer NOT NULL,
	PRIMARY KEY(`id`, `facet`)
) WITHOUT ROWID;
CREATE TABLE `imported_sites` (
	`system` text NOT NULL,
	`site` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`system`, `site`)
);
CREATE TABLE `published_sets` (
	`set_id` text NOT NULL,
	`media_id` text NOT NULL,
	PRIMARY KEY(`set_id`, `media_id`),
	FOREIGN KEY (`set_id`) REFERENCES `rendition_sets`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE INDEX `article_bylines_by_source` ON `article_bylines` (`source_id`,`article_id`);
CREATE INDEX `article_bylines_by_name` ON `article_bylines` (`name`,`article_id`);
CREATE INDEX `article_media_by_media` ON `article_media` (`media_id`,`article_id`);
CREATE INDEX `article_tags_by_tag` ON `article_tags` (`tag`,`article_id`);
CREATE INDEX `attributions_by_article` ON `attributions` (`article_id`,`id`);
CREATE INDEX `attributions_by_quote` ON `attributions` (`quote_id`,`id`);
CREATE INDEX `comments_by_thread` ON `comments` (`article_id`,`thread`);
CREATE INDEX `comments_by_status` ON `comments` (`status`,`id`);
CREATE INDEX `corrections_by_article` ON `corrections` (`article_id`,`id`);
CREATE INDEX `hops_by_source` ON `hops` (`source_id`,`attribution_id`);
CREATE INDEX `media_credits_by_media` ON `media_credits` (`media_id`,`id`);
CREATE INDEX `quotes_by_article` ON `quotes` (`article_id`,`id`);
CREATE INDEX `sources_by_affiliation` ON `sources` (`affiliation_id`);
CREATE UNIQUE INDEX `tokens_hash_unique` ON `tokens` (`hash`);
CREATE UNIQUE INDEX `searchable_by_id` ON `searchable` (`kind`,`id`);
CREATE INDEX `published_by_position` ON `published` (`kind`,`position`,`id`,`moment`);
CREATE UNIQUE INDEX `deliveries_by_webhook` ON `deliveries` (`webhook_id`,`seq`);
CREATE INDEX `deliveries_by_next` ON `deliveries` (`next_at`);
CREATE INDEX `deliveries_by_article` ON `deliveries` (`webhook_id`,`article_id`,`status`,`seq`);
CREATE INDEX `changes_by_article` ON `changes` (`article_id`,`seq`);
CREATE INDEX `answers_by_time` ON `answers` (`at`);
CREATE INDEX `backups_by_status` ON `backups` (`status`,`id`);
CREATE UNIQUE INDEX `bans_once` ON `bans` (`kind`,`value`);
CREATE INDEX `comment_decisions_by_comment` ON `comment_decisions` (`comment_id`,`seq`);
CREATE INDEX `comment_reports_by_comment` ON `comment_reports` (`comment_id`,`id`);
CREATE INDEX `comment_reports_by_reporter` ON `comment_reports` (`reporter`,`at`);
CREATE UNIQUE INDEX `comment_reports_once` ON `comment_reports` (`comment_id`,`reporter`);
CREATE INDEX `spent_proofs_by_expiry` ON `spent_proofs` (`expires_at`);
CREATE INDEX `comments_by_author` ON `comments` (`author`,`id`);
CREATE INDEX `comments_by_email` ON `comments` (`email`,`id`);
CREATE INDEX `comments_by_network` ON `comments` (`network`,`id`);
CREATE INDEX `comments_reported` ON `comments` (`id`) WHERE "comments"."reports" > 0;
CREATE UNIQUE INDEX `tokens_previous_hash_unique` ON `tokens` (`previous_hash`);
CREATE UNIQUE INDEX `published_by_slug` ON `published` (`slug`) WHERE "published"."slug" is not null;
CREATE INDEX `comments_by_parent` ON `comments` (`parent_id`) WHERE "comments"."parent_id" is not null;
CREATE UNIQUE INDEX `trash_article_id_unique` ON `trash` (`article_id`);
CREATE INDEX `trash_by_time` ON `trash` (`at`);
CREATE INDEX `changes_by_record` ON `changes` (`id`,`seq`) WHERE "changes"."article_id" is null;
CREATE UNIQUE INDEX `desk_words_id_unique` ON `desk_words` (`id`);
CREATE INDEX `source_addresses_by_url` ON `source_addresses` (`url`,`source_id`);
CREATE INDEX `media_by_url` ON `media` (`url`,`id`) WHERE "media"."url" is not null;
CREATE INDEX `sources_by_name` ON `sources` (`name`,`id`);
CREATE INDEX `source_names_by_name` ON `source_names` (`name`,`source_id`);
CREATE UNIQUE INDEX `media_by_external_id` ON `media` (`external_system`,`external_id`);
CREATE UNIQUE INDEX `sources_by_external_id` ON `sources` (`external_system`,`external_id`);
CREATE INDEX `edges_by_target` ON `edges` (`target`,`article_id`);
CREATE INDEX `sources_by_url` ON `sources` (`url`) WHERE "sources"."url" is not null;
CREATE UNIQUE INDEX `error_reports_receipt_unique` ON `error_reports` (`receipt`);
CREATE INDEX `error_reports_by_status` ON `error_reports` (`status`,`id`);
CREATE INDEX `error_reports_by_article` ON `error_reports` (`article_id`,`id`);
CREATE INDEX `error_reports_by_network` ON `error_reports` (`network`,`id`);
CREATE INDEX `error_reports_by_author` ON `error_reports` (`author`,`id`) WHERE "error_reports"."author" is not null;
CREATE INDEX `error_reports_by_email` ON `error_reports` (`email`,`id`) WHERE "error_reports"."email" is not null;
CREATE INDEX `error_reports_by_correction` ON `error_reports` (`correction_id`) WHERE "error_reports"."correction_id" is not null;
CREATE INDEX `allegations_by_article` ON `allegations` (`article_id`,`id`);
CREATE INDEX `allegations_by_source` ON `allegations` (`source_id`,`id`) WHERE "allegations"."source_id" is not null;
CREATE INDEX `reply_requests_by_article` ON `reply_requests` (`article_id`,`id`);
CREATE INDEX `reply_requests_by_source` ON `reply_requests` (`source_id`,`id`) WHERE "reply_requests"."source_id" is not null;
CREATE INDEX `reply_requests_by_state` ON `reply_requests` (`state`,`id`);
CREATE INDEX `merge_moves_by_article` ON `merge_moves` (`merge_id`,`is_back`,`article_id`);
CREATE UNIQUE INDEX `previews_hash_unique` ON `previews` (`hash`);
CREATE INDEX `previews_by_article` ON `previews` (`article_id`,`id`);
CREATE INDEX `previews_by_end` ON `previews` (`expires_at`);
CREATE INDEX `source_merges_by_state` ON `source_merges` (`state`,`at`);
CREATE INDEX `source_merges_by_target` ON `source_merges` (`into_id`);
CREATE INDEX `source_merges_by_external_id` ON `source_merges` (`external_system`,`external_id`);
CREATE INDEX `source_names_by_initials` ON `source_names` (`initials`,`source_id`) WHERE "source_names"."initials" is not null;
CREATE INDEX `causes_by_subject` ON `causes` (`subject_id`);
CREATE INDEX `causes_by_article` ON `causes` (`article_id`);
CREATE INDEX `causes_by_done` ON `causes` (`done_at`);
CREATE UNIQUE INDEX `reviews_by_article` ON `reviews` (`article_id`,`cause_id`);
CREATE INDEX `reviews_by_cause` ON `reviews` (`cause_id`,`state`,`run`);
CREATE INDEX `reviews_by_state` ON `reviews` (`state`,`id`);
CREATE INDEX `old_addresses_by_article` ON `old_addresses` (`article_id`);
CREATE INDEX `files_by_adder` ON `files` (`added_by`,`created_at`);
CREATE INDEX `rendition_files_by_set` ON `rendition_files` (`set_id`);
CREATE INDEX `rendition_sets_by_file` ON `rendition_sets` (`file`);
CREATE INDEX `media_by_file` ON `media` (`file`,`id`) WHERE "media"."file" is not null;
CREATE INDEX `quote_prints_by_article` ON `quote_prints` (`article_id`);
CREATE UNIQUE INDEX `articles_slug_unique` ON `articles` (`slug`);
CREATE INDEX `articles_by_section` ON `articles` (`section`,`id`);
CREATE INDEX `articles_by_lead` ON `articles` (`lead_media_id`);
CREATE INDEX `articles_by_publish_at` ON `articles` (`publish_at`);
CREATE INDEX `articles_by_withdraw_at` ON `articles` (`withdraw_at`);
CREATE INDEX `articles_by_update` ON `articles` (`updated_at`,`id`);
CREATE UNIQUE INDEX `articles_by_external_id` ON `articles` (`external_system`,`external_id`);
CREATE INDEX `articles_by_canonical_url` ON `articles` (`canonical_url`) WHERE "articles"."canonical_url" is not null;
CREATE INDEX `articles_by_original` ON `articles` (`translation_of`,`id`) WHERE "articles"."translation_of" is not null;
CREATE INDEX `imports_by_status` ON `imports` (`status`,`id`);
CREATE INDEX `imports_by_article` ON `imports` (`article_id`,`id`);
CREATE INDEX `imports_by_digest` ON `imports` (`digest`);
CREATE INDEX `imports_by_address` ON `imports` (`canonical_url`) WHERE "imports"."canonical_url" is not null;
CREATE INDEX `import_pages_by_time` ON `import_pages` (`at`);
CREATE INDEX `export_imports_by_status` ON `export_imports` (`status`,`id`);
CREATE INDEX `imports_by_export` ON `imports` (`export_id`) WHERE "imports"."export_id" is not null;
CREATE INDEX `media_uses_by_media` ON `media_uses` (`media_id`,`article_id`);
CREATE INDEX `media_uses_by_time` ON `media_uses` (`at`);
CREATE INDEX `media_by_substitute` ON `media` (`substitute_id`) WHERE "media"."substitute_id" is not null;
CREATE INDEX `media_credits_by_notice` ON `media_credits` (`notice_at`) WHERE "media_credits"."notice_at" is not null;
CREATE INDEX `reached_by_done` ON `reached` (`cause_id`,`run`,`is_done`,`hops`);
CREATE INDEX `credit_names_by_name` ON `credit_names` (`role`,`name`,`media_id`);
CREATE INDEX `picture_hashes_by_first` ON `picture_hashes` (`first`);
CREATE INDEX `picture_hashes_by_second` ON `picture_hashes` (`second`);
CREATE INDEX `picture_hashes_by_third` ON `picture_hashes` (`third`);
CREATE INDEX `picture_hashes_by_fourth` ON `picture_hashes` (`fourth`);
CREATE UNIQUE INDEX `facet_values_by_value` ON `facet_values` (`kind`,`name`,`value`);
CREATE INDEX `facet_values_by_documents` ON `facet_values` (`kind`,`name`,`documents`) WHERE "facet_values"."documents" > 0;
CREATE INDEX `rendition_sets_due` ON `rendition_sets` (`background`,`due_at`) WHERE "rendition_sets"."due_at" is not null;
CREATE INDEX `published_sets_by_media` ON `published_sets` (`media_id`);
CREATE TRIGGER `desk_words_removed` AFTER DELETE ON `desk_words` BEGIN
	DELETE FROM `desk_search` WHERE rowid = old.row;
END;
CREATE TRIGGER `words_of_sources_removed` AFTER DELETE ON `sources` BEGIN
	DELETE FROM `desk_words` WHERE id = old.id;
END;
CREATE TRIGGER `words_of_articles_removed` AFTER DELETE ON `articles` BEGIN
	DELETE FROM `desk_words` WHERE id = old.id;
END;
CREATE VIEW `published_facets` AS
	SELECT v.`kind`, v.`name`, v.`value`, f.`position`, f.`id`
	FROM `facet_values` AS v JOIN `facet_documents` AS f ON f.`facet` = v.`number`;
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('626f3d6a393a7fa157a84fd26243d0fd79f5cbc9e259e13f8c2c8bac41d0a98d', 1795434098081);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('76b41ce635c47c6d77d5c44a4d887e3c3b4d3bee5bc89a53ea4a386d1af3f3b2', 1795443950618);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('5f792eb7d71db3ad67ee28a2392f95c7618acf88f7287464410fff17680e1da8', 1795446584393);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('e97324cbc5a1f99f5dbd8ecc593e7fcaa90169c3b719c0207b6ab4c8b55d7fe3', 1795454473902);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('f4c7febecd59a571ece6ad7d798e11412c6a603283d33add291a7fe9ceaafad3', 1795455524994);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('556c95c26bd8341d04fa0a5ba3bbec2968b3e917fe27d4d3205e99ab0486d53d', 1795492171375);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('6976b74811d4afeba62d86c6fa037a5cc53c2f2c405133b3ff1eedb05e7579cf', 1795524953533);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('35e0e86ac67bac962c26dd57c90e68773fee60df5b0bf0a2c0a485e05d453185', 1795877195517);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('102b75f29f2b52e89c003f516e5f1d850635d54869901fd331b9eeeab4c264b0', 1795879915948);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('208b1a72db3f55dd56de834db5d51cae54902706169987474c3343c9ef46db9a', 1795881515996);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('8de3b89fa251dcd698987bc852d78e51adb7e5e07837a61b0dec13b54cff12ee', 1795882326058);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('ba42ad5bdb8dff2f036cc5998348b7ee23a18f37e1e683f0157f98fa34fc7793', 1795894713355);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('cd642176b1a1a80e8c54135655150603d7d9aa09b94fef896a90193ec2125b19', 1795902938370);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('0b96ebd6305e02533323de96686fc96cbe723e3e40f06cf7cf61984652c8f494', 1795904646812);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('df7aa45073659d018d4405277be4d7287b1b16399f7e459695c34358fdf93b7e', 1795905730672);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('8159cd326a4923ed305dedbcbd105db1219cd21d6801db1fb78df61cb5995037', 1795906732476);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('208d428b0fc9891480d72439ac7758f12b1292b10d0172f7b644896a127cdb6c', 1795907717755);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('7738b198b26d80f36ebb0153099d74691a969560067f35d0d13a011f7d26bb87', 1795914844383);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('c7165d574f885deeb6cc3b3607d236dc3a4d0943f5fbc47f807212aac04b25be', 1795917315076);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('800f235052b0a5a506b638cc04b593e9107102dce92d0b2ab64761c696024387', 1795917989884);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('5d1ae04af1d50073c92ed292c7f9c61f68b7e1a7c6736e0630069d56306a6d76', 1795918332860);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('6cab05e1a33f0eeb1679b0ab171a2630f2447b328a5538a1600af048717c57b8', 1795919387528);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('2545a3ab4e91051c4a22dfad0ed6cb2af6c2a8b579a51a361da9fafd47ecd6ba', 1795920033235);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('ab4200c9348cd994f4947e08c6968d4272942a74c070db5f99c38cafa1629b71', 1795921226073);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('28da5b854f57dc39a7abf1e5679f8ac9d690ba5b24de754dd03655c066253c3e', 1795934854535);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('028c20a3dfee8df095a0488a87966548f9fae745c16550be5ec097ad67e37b28', 1795937243527);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('df2a274d9c70882c41123a438cb98d6fcb02650d0c2a22f6559d23c3bd3778be', 1795938820160);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('5e5d8021684313cf6b0ee258d8be0dd336012b90ad0c66a252f905ad2c53241a', 1795939420160);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('70dad748f9e5f1a3776fd57226b7f0194d5eb3904245b42d7f27f273ba1efd18', 1795948460892);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('8c95a2a3cba7756648c4d9c7d8bb055d0a29766f27d724a254e2794218eca870', 1795958195668);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('0015eb0f15452b8a21b1969e70acd2f71bd052bb73b28669f0e26fff6ebb3af9', 1795959726654);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('ff242996c442adbc55f3a297e9724d47c6c8c0a04c343a7d3a4dfd593308cf30', 1795960724329);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('55b6985ae0fc4b122c802d668e8b63e135468096740b99859cd3a19050c2bda1', 1795962078172);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('a4fe65eee8fe4a7e35327479b2ce63cc8bba89752aa8784e46a8655125972752', 1795962935772);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('39da77533de4221034d64db22bda6a98f28f11fb487445c3d5598974a8fc2239', 1795963557354);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('e9e871d88f457eca4712e10c2e3d2c703d9d5e7eddb06047c916cefde116df4b', 1795969916429);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('6cb2cd0201db6806e4638cfea19766e385ba248c3cfe8a6d0d11bc2edc51efd3', 1795972999287);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('ddfdb61851cb0a83420500f3fd5a705d561dd16ddf400404f5a3cd351049e934', 1795992565714);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('9a81c5163a575fbd764ab65625fb14ba56292b30cb9ceb8a8c5d5f66fedb246a', 1796002911030);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('3679bfffef978b2c412487aaa0a49effe605ae7be3cef4ef7c282b7df8d9033c', 1796036847595);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('e77839db5d1150a951607148b050e8f1aa6f9506624043b3c8fc8709a250c8e4', 1796037851343);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('eb86605668b186b8388afa02320cc52933501645663d791ac64c217a98e0dbca', 1796053951564);
