CREATE TABLE "addresses" (
	"slug" text collate "C" PRIMARY KEY NOT NULL,
	"article_id" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "allegations" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"article_id" text collate "C" NOT NULL,
	"quote_id" text collate "C",
	"attribution_id" text collate "C",
	"source_id" text collate "C",
	"name" text collate "C",
	"note" text collate "C",
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"request" text collate "C" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "article_bylines" (
	"article_id" text collate "C" NOT NULL,
	"position" bigint NOT NULL,
	"source_id" text collate "C",
	"name" text collate "C" NOT NULL,
	"role" text collate "C",
	CONSTRAINT "article_bylines_article_id_position_pk" PRIMARY KEY("article_id","position")
);
--> statement-breakpoint
CREATE TABLE "article_media" (
	"article_id" text collate "C" NOT NULL,
	"media_id" text collate "C" NOT NULL,
	CONSTRAINT "article_media_article_id_media_id_pk" PRIMARY KEY("article_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "article_tags" (
	"article_id" text collate "C" NOT NULL,
	"position" bigint NOT NULL,
	"tag" text collate "C" NOT NULL,
	CONSTRAINT "article_tags_article_id_position_pk" PRIMARY KEY("article_id","position")
);
--> statement-breakpoint
CREATE TABLE "articles" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"slug" text collate "C" NOT NULL,
	"status" text collate "C" NOT NULL,
	"title" text collate "C" NOT NULL,
	"dek" text collate "C",
	"summary" text collate "C",
	"language" text collate "C" NOT NULL,
	"section" text collate "C",
	"dateline" text collate "C",
	"lead_media_id" text collate "C",
	"origin" json,
	"canonical_url" text collate "C",
	"translation_of" text collate "C",
	"published_at" text collate "C",
	"first_published_at" text collate "C",
	"purposes" json DEFAULT '["web"]'::json NOT NULL,
	"embargo_until" text collate "C",
	"assignee" text collate "C",
	"internal_notes" text collate "C",
	"due_at" text collate "C",
	"legal_hold" boolean DEFAULT false NOT NULL,
	"publish_at" text collate "C",
	"withdraw_at" text collate "C",
	"waivers" json DEFAULT '[]'::json NOT NULL,
	"agreed" json,
	"unscheduled" json,
	"slug_follows" boolean DEFAULT false NOT NULL,
	"edition" bigint DEFAULT 0 NOT NULL,
	"published_version" bigint,
	"comment_policy" json NOT NULL,
	"extra" json NOT NULL,
	"external_system" text collate "C",
	"external_id" text collate "C",
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL,
	"body" json NOT NULL,
	CONSTRAINT "articles_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "attributions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"article_id" text collate "C" NOT NULL,
	"quote_id" text collate "C",
	"claim" text collate "C",
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "backups" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"kind" text collate "C" DEFAULT 'backup' NOT NULL,
	"status" text collate "C" NOT NULL,
	"actor" text collate "C" NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"started_at" text collate "C",
	"finished_at" text collate "C",
	"file" text collate "C",
	"bytes" bigint,
	"sha256" text collate "C",
	"error" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "bans" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"kind" text collate "C" NOT NULL,
	"value" text collate "C" NOT NULL,
	"reason" text collate "C",
	"until" text collate "C",
	"actor" text collate "C" NOT NULL,
	"created_at" text collate "C" NOT NULL,
	CONSTRAINT "bans_once" UNIQUE("kind","value")
);
--> statement-breakpoint
CREATE TABLE "blocked_terms" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"kind" text collate "C" NOT NULL,
	"term" text collate "C" NOT NULL,
	"outcome" text collate "C" NOT NULL,
	"note" text collate "C",
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "causes" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"kind" text collate "C" NOT NULL,
	"subject_id" text collate "C" NOT NULL,
	"article_id" text collate "C",
	"statement_id" text collate "C",
	"correction_id" text collate "C",
	"reason" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	"actor" text collate "C" NOT NULL,
	"ended_at" text collate "C",
	"run" bigint NOT NULL,
	"done_at" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "changes_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" text collate "C" NOT NULL,
	"actor" text collate "C" NOT NULL,
	"role" text collate "C",
	"action" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"article_id" text collate "C",
	"version" bigint,
	"detail" json
);
--> statement-breakpoint
CREATE TABLE "comment_decisions" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "comment_decisions_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"comment_id" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	"actor" text collate "C" NOT NULL,
	"decision" text collate "C" NOT NULL,
	"before" text collate "C" NOT NULL,
	"after" text collate "C" NOT NULL,
	"reasons" json NOT NULL,
	"note" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "comment_reports" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"comment_id" text collate "C" NOT NULL,
	"reporter" text collate "C" NOT NULL,
	"reason" text collate "C" NOT NULL,
	"detail" text collate "C",
	"at" text collate "C" NOT NULL,
	CONSTRAINT "comment_reports_once" UNIQUE("comment_id","reporter")
);
--> statement-breakpoint
CREATE TABLE "comment_settings" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"settings" json NOT NULL,
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"article_id" text collate "C" NOT NULL,
	"parent_id" text collate "C",
	"depth" bigint NOT NULL,
	"thread" text collate "C" NOT NULL,
	"author_name" text collate "C" NOT NULL,
	"body" text collate "C" NOT NULL,
	"status" text collate "C" NOT NULL,
	"reasons" json NOT NULL,
	"edited_at" text collate "C",
	"author" text collate "C",
	"email" text collate "C",
	"network" text collate "C",
	"sealed_email" text collate "C",
	"edit_key" text collate "C",
	"rules" json DEFAULT '[]'::json NOT NULL,
	"fingerprint" text collate "C",
	"reports" bigint DEFAULT 0 NOT NULL,
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "corrections" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"article_id" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"target" json,
	"text" text collate "C" NOT NULL,
	"was" text collate "C",
	"now" text collate "C",
	"published_at" text collate "C",
	"error_report_id" text collate "C",
	"found_by_reader" boolean DEFAULT false NOT NULL,
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"webhook_id" text collate "C" NOT NULL,
	"seq" bigint NOT NULL,
	"event" text collate "C" NOT NULL,
	"article_id" text collate "C" NOT NULL,
	"status" text collate "C" NOT NULL,
	"attempts" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"next_at" text collate "C",
	"last_at" text collate "C",
	"last_status" bigint,
	"last_error" text collate "C",
	CONSTRAINT "deliveries_by_webhook" UNIQUE("webhook_id","seq")
);
--> statement-breakpoint
CREATE TABLE "desk_search" (
	"rowid" bigint PRIMARY KEY NOT NULL,
	"article" "tsvector" NOT NULL,
	"source" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk_words" (
	"row" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "desk_words_row_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" text collate "C" NOT NULL,
	CONSTRAINT "desk_words_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "edges" (
	"article_id" text collate "C" NOT NULL,
	"attribution_id" text collate "C" NOT NULL,
	"position" bigint NOT NULL,
	"statement_id" text collate "C" NOT NULL,
	"words" text collate "C" NOT NULL,
	"target" text collate "C",
	"unnamed" text collate "C",
	"relation" text collate "C" NOT NULL,
	"url" text collate "C",
	"at" text collate "C",
	CONSTRAINT "edges_article_id_attribution_id_position_pk" PRIMARY KEY("article_id","attribution_id","position")
);
--> statement-breakpoint
CREATE TABLE "editions" (
	"article_id" text collate "C" NOT NULL,
	"number" bigint NOT NULL,
	"at" text collate "C" NOT NULL,
	"actor" text collate "C" NOT NULL,
	"note" text collate "C",
	"version" bigint,
	"document" "bytea" NOT NULL,
	CONSTRAINT "editions_article_id_number_pk" PRIMARY KEY("article_id","number")
);
--> statement-breakpoint
CREATE TABLE "error_reports" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"article_id" text collate "C" NOT NULL,
	"what" text collate "C" NOT NULL,
	"words" text collate "C",
	"quote_id" text collate "C",
	"attribution_id" text collate "C",
	"credit_id" text collate "C",
	"evidence" text collate "C",
	"mention" boolean NOT NULL,
	"status" text collate "C" NOT NULL,
	"rules" json NOT NULL,
	"author" text collate "C",
	"email" text collate "C",
	"network" text collate "C" NOT NULL,
	"sealed_contact" text collate "C",
	"receipt" text collate "C" NOT NULL,
	"reason" text collate "C",
	"note" text collate "C",
	"decided_at" text collate "C",
	"decided_by" text collate "C",
	"correction_id" text collate "C",
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL,
	CONSTRAINT "error_reports_receipt_unique" UNIQUE("receipt")
);
--> statement-breakpoint
CREATE TABLE "export_imports" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"status" text collate "C" NOT NULL,
	"reader" text collate "C" NOT NULL,
	"is_named" boolean NOT NULL,
	"system" text collate "C" NOT NULL,
	"publish" boolean NOT NULL,
	"quotes" boolean NOT NULL,
	"media_type" text collate "C" NOT NULL,
	"file" text collate "C",
	"bytes" bigint NOT NULL,
	"digest" text collate "C" NOT NULL,
	"read" bigint NOT NULL,
	"counts" json NOT NULL,
	"reported" bigint NOT NULL,
	"error" json,
	"actor" text collate "C" NOT NULL,
	"role" text collate "C",
	"started_at" text collate "C",
	"finished_at" text collate "C",
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "external_sends" (
	"article_id" text collate "C" PRIMARY KEY NOT NULL,
	"at" text collate "C" NOT NULL,
	"sent" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "facet_counts" (
	"kind" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"value" text collate "C" NOT NULL,
	"documents" bigint NOT NULL,
	CONSTRAINT "facet_counts_kind_name_value_pk" PRIMARY KEY("kind","name","value")
);
--> statement-breakpoint
CREATE TABLE "file_metadata" (
	"file" text collate "C" PRIMARY KEY NOT NULL,
	"proposal" json NOT NULL,
	"details" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "files" (
	"digest" text collate "C" PRIMARY KEY NOT NULL,
	"type" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"bytes" bigint NOT NULL,
	"width" bigint,
	"height" bigint,
	"frames" bigint,
	"credentials" json,
	"added_by" text collate "C" NOT NULL,
	"created_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "headlines" (
	"rowid" bigint PRIMARY KEY NOT NULL,
	"headline" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hops" (
	"attribution_id" text collate "C" NOT NULL,
	"position" bigint NOT NULL,
	"source_id" text collate "C",
	"cited_id" text collate "C",
	"unnamed" json,
	"relation" text collate "C" NOT NULL,
	"terms" text collate "C" NOT NULL,
	"url" text collate "C",
	"at" text collate "C",
	"position_to_know" text collate "C",
	CONSTRAINT "hops_attribution_id_position_pk" PRIMARY KEY("attribution_id","position")
);
--> statement-breakpoint
CREATE TABLE "import_losses" (
	"import_id" text collate "C" NOT NULL,
	"place" text collate "C" NOT NULL,
	"digest" text collate "C" NOT NULL,
	"code" text collate "C" NOT NULL,
	"reason" text collate "C" NOT NULL,
	"words" text collate "C",
	CONSTRAINT "import_losses_import_id_place_digest_pk" PRIMARY KEY("import_id","place","digest")
);
--> statement-breakpoint
CREATE TABLE "import_pages" (
	"import_id" text collate "C" PRIMARY KEY NOT NULL,
	"bytes" bigint NOT NULL,
	"at" text collate "C" NOT NULL,
	"deflated" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "imported_items" (
	"system" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"external_id" text collate "C" NOT NULL,
	"record_id" text collate "C" NOT NULL,
	"digest" text collate "C" NOT NULL,
	"run" text collate "C" DEFAULT '' NOT NULL,
	"outcome" text collate "C" DEFAULT 'unchanged' NOT NULL,
	CONSTRAINT "imported_items_system_kind_external_id_pk" PRIMARY KEY("system","kind","external_id")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"article_id" text collate "C" NOT NULL,
	"status" text collate "C" NOT NULL,
	"system" text collate "C",
	"export_id" text collate "C",
	"media_type" text collate "C" NOT NULL,
	"file" text collate "C",
	"canonical_url" text collate "C",
	"digest" text collate "C" NOT NULL,
	"actor" text collate "C" NOT NULL,
	"role" text collate "C",
	"waiting" bigint NOT NULL,
	"doubtful" bigint DEFAULT 0 NOT NULL,
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL,
	"text" text collate "C" NOT NULL,
	"proposals" json NOT NULL,
	"added" json DEFAULT '[]'::json NOT NULL,
	"warnings" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invalidations" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "invalidations_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tags" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "licences" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"licences" json NOT NULL,
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "locks" (
	"article_id" text collate "C" PRIMARY KEY NOT NULL,
	"holder" text collate "C" NOT NULL,
	"since" text collate "C" NOT NULL,
	"expires_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "media" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"kind" text collate "C" NOT NULL,
	"url" text collate "C",
	"caption" text collate "C",
	"alt" text collate "C",
	"width" bigint,
	"height" bigint,
	"captured_at" text collate "C",
	"digital_source_type" text collate "C",
	"embargo_until" text collate "C",
	"substitute_id" text collate "C",
	"file" text collate "C",
	"file_name" text collate "C",
	"focal_point" json,
	"people" json DEFAULT '[]'::json NOT NULL,
	"location" json,
	"external_system" text collate "C",
	"external_id" text collate "C",
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "media_credits" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"media_id" text collate "C" NOT NULL,
	"credit_line" text collate "C" NOT NULL,
	"creators" json NOT NULL,
	"suppliers" json NOT NULL,
	"copyright_notice" text collate "C",
	"copyright_holder" text collate "C",
	"licence" json,
	"usage_terms" text collate "C",
	"acquire_license_page" text collate "C",
	"expires_at" text collate "C",
	"territories" json,
	"purposes" json,
	"max_uses" bigint,
	"approval_by" text collate "C",
	"approval" json,
	"notice_at" text collate "C",
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "media_settings" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"settings" json NOT NULL,
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "media_uses" (
	"article_id" text collate "C" NOT NULL,
	"media_id" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"purposes" json NOT NULL,
	"credits" json NOT NULL,
	"at" text collate "C" NOT NULL,
	"ended_at" text collate "C",
	CONSTRAINT "media_uses_article_id_media_id_pk" PRIMARY KEY("article_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "merge_moves" (
	"merge_id" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"record" text collate "C" NOT NULL,
	"position" bigint NOT NULL,
	"article_id" text collate "C",
	"word" text collate "C",
	"keys" json,
	"is_back" boolean DEFAULT false NOT NULL,
	CONSTRAINT "merge_moves_merge_id_kind_record_position_pk" PRIMARY KEY("merge_id","kind","record","position")
);
--> statement-breakpoint
CREATE TABLE "moved" (
	"kind" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"to_id" text collate "C" NOT NULL,
	CONSTRAINT "moved_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "old_addresses" (
	"path" text collate "C" PRIMARY KEY NOT NULL,
	"article_id" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "previews" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"article_id" text collate "C" NOT NULL,
	"note" text collate "C",
	"created_at" text collate "C" NOT NULL,
	"created_by" text collate "C" NOT NULL,
	"expires_at" text collate "C" NOT NULL,
	"hash" text collate "C" NOT NULL,
	CONSTRAINT "previews_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "private_reports" (
	"field" text collate "C" NOT NULL,
	"quarter" text collate "C" NOT NULL,
	"report" json NOT NULL,
	CONSTRAINT "private_reports_field_quarter_pk" PRIMARY KEY("field","quarter")
);
--> statement-breakpoint
CREATE TABLE "private_values" (
	"source_id" text collate "C" NOT NULL,
	"field" text collate "C" NOT NULL,
	"value" text collate "C" NOT NULL,
	CONSTRAINT "private_values_source_id_field_pk" PRIMARY KEY("source_id","field")
);
--> statement-breakpoint
CREATE TABLE "published" (
	"kind" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"slug" text collate "C",
	"position" text collate "C" NOT NULL,
	"moment" text collate "C",
	"article_id" text collate "C",
	"etag" text collate "C" NOT NULL,
	"modified" text collate "C" NOT NULL,
	"card" "bytea",
	"document" "bytea" NOT NULL,
	"gzip" "bytea",
	CONSTRAINT "published_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "published_facets" (
	"kind" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"value" text collate "C" NOT NULL,
	"position" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	CONSTRAINT "published_facets_kind_name_value_position_id_pk" PRIMARY KEY("kind","name","value","position","id")
);
--> statement-breakpoint
CREATE TABLE "publisher" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"about" json NOT NULL,
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quote_keys" (
	"key" bigint NOT NULL,
	"number" bigint NOT NULL,
	CONSTRAINT "quote_keys_key_number_pk" PRIMARY KEY("key","number")
);
--> statement-breakpoint
CREATE TABLE "quote_prints" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "quote_prints_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"article_id" text collate "C" NOT NULL,
	"quote_id" text collate "C" NOT NULL,
	"words" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quotes" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"article_id" text collate "C" NOT NULL,
	"text" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"display" text collate "C" NOT NULL,
	"language" text collate "C",
	"verbatim" text collate "C",
	"alterations" json NOT NULL,
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reached" (
	"cause_id" text collate "C" NOT NULL,
	"run" bigint NOT NULL,
	"statement_id" text collate "C" NOT NULL,
	"article_id" text collate "C" NOT NULL,
	"hops" bigint NOT NULL,
	"after" text collate "C",
	"is_done" boolean NOT NULL,
	CONSTRAINT "reached_cause_id_run_statement_id_pk" PRIMARY KEY("cause_id","run","statement_id")
);
--> statement-breakpoint
CREATE TABLE "rebuilds" (
	"release" text collate "C" PRIMARY KEY NOT NULL,
	"after" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "rendition_files" (
	"digest" text collate "C" NOT NULL,
	"set_id" text collate "C" NOT NULL,
	"type" text collate "C" NOT NULL,
	"bytes" bigint NOT NULL,
	CONSTRAINT "rendition_files_digest_set_id_pk" PRIMARY KEY("digest","set_id")
);
--> statement-breakpoint
CREATE TABLE "rendition_sets" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"file" text collate "C" NOT NULL,
	"recipe" json NOT NULL,
	"state" text collate "C" NOT NULL,
	"renditions" json NOT NULL,
	"placeholder" text collate "C",
	"error" text collate "C",
	"attempts" bigint NOT NULL,
	"due_at" text collate "C",
	"created_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reply_requests" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"article_id" text collate "C" NOT NULL,
	"source_id" text collate "C",
	"name" text collate "C",
	"about" text collate "C",
	"via" text collate "C",
	"asked_at" text collate "C" NOT NULL,
	"deadline" text collate "C",
	"state" text collate "C" NOT NULL,
	"replied_at" text collate "C",
	"terms" text collate "C",
	"note" text collate "C",
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"cause_id" text collate "C" NOT NULL,
	"article_id" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"run" bigint NOT NULL,
	"at" text collate "C" NOT NULL,
	"note" text collate "C",
	"cleared_at" text collate "C",
	"cleared_by" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "revisions" (
	"article_id" text collate "C" NOT NULL,
	"version" bigint NOT NULL,
	"at" text collate "C" NOT NULL,
	"actor" text collate "C" NOT NULL,
	"draft" json NOT NULL,
	"body" "bytea",
	CONSTRAINT "revisions_article_id_version_pk" PRIMARY KEY("article_id","version")
);
--> statement-breakpoint
CREATE TABLE "searchable" (
	"row" bigint PRIMARY KEY NOT NULL,
	"kind" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"headline" text collate "C" NOT NULL,
	"text" text collate "C" NOT NULL,
	"quote" text collate "C" NOT NULL,
	"caption" text collate "C" NOT NULL,
	"article_id" text collate "C",
	"position" text collate "C",
	"moment" text collate "C",
	"card" "bytea",
	CONSTRAINT "searchable_by_id" UNIQUE("kind","id")
);
--> statement-breakpoint
CREATE TABLE "source_addresses" (
	"source_id" text collate "C" NOT NULL,
	"url" text collate "C" NOT NULL,
	CONSTRAINT "source_addresses_source_id_url_pk" PRIMARY KEY("source_id","url")
);
--> statement-breakpoint
CREATE TABLE "source_fields" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"fields" json NOT NULL,
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "source_merges" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"into_id" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	"actor" text collate "C" NOT NULL,
	"role" text collate "C",
	"gained" json NOT NULL,
	"source" json,
	"external_system" text collate "C",
	"external_id" text collate "C",
	"articles" bigint NOT NULL,
	"left" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "source_names" (
	"source_id" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"initials" text collate "C",
	CONSTRAINT "source_names_source_id_name_pk" PRIMARY KEY("source_id","name")
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"kind" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"role" text collate "C",
	"affiliation_id" text collate "C",
	"url" text collate "C",
	"same_as" json NOT NULL,
	"notes" text collate "C",
	"aliases" json DEFAULT '[]'::json NOT NULL,
	"external_system" text collate "C",
	"external_id" text collate "C",
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spent_proofs" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"expires_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"name" text collate "C" NOT NULL,
	"role" text collate "C" NOT NULL,
	"hash" text collate "C" NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"expires_at" text collate "C",
	"revoked_at" text collate "C",
	"prefix" text collate "C",
	"last_used_at" text collate "C",
	"previous_hash" text collate "C",
	"previous_until" text collate "C",
	CONSTRAINT "tokens_hash_unique" UNIQUE("hash"),
	CONSTRAINT "tokens_previous_hash_unique" UNIQUE("previous_hash")
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"sha256" text collate "C" PRIMARY KEY NOT NULL,
	"lines" bigint NOT NULL,
	"finished_at" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "trash" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "trash_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"article_id" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	"actor" text collate "C" NOT NULL,
	"role" text collate "C",
	"slug" text collate "C" NOT NULL,
	CONSTRAINT "trash_article_id_unique" UNIQUE("article_id")
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"url" text collate "C" NOT NULL,
	"events" json NOT NULL,
	"secrets" json NOT NULL,
	"disabled_at" text collate "C",
	"disabled_reason" text collate "C",
	"failing_since" text collate "C",
	"version" bigint NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"updated_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "withdrawn" (
	"kind" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	CONSTRAINT "withdrawn_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "search" (
	"rowid" bigint PRIMARY KEY NOT NULL,
	"headline" "tsvector" NOT NULL,
	"text" "tsvector" NOT NULL,
	"quote" "tsvector" NOT NULL,
	"caption" "tsvector" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "allegations" ADD CONSTRAINT "allegations_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allegations" ADD CONSTRAINT "allegations_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_bylines" ADD CONSTRAINT "article_bylines_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_bylines" ADD CONSTRAINT "article_bylines_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_media" ADD CONSTRAINT "article_media_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_media" ADD CONSTRAINT "article_media_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_tags" ADD CONSTRAINT "article_tags_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_lead_media_id_media_id_fk" FOREIGN KEY ("lead_media_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attributions" ADD CONSTRAINT "attributions_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attributions" ADD CONSTRAINT "attributions_quote_id_quotes_id_fk" FOREIGN KEY ("quote_id") REFERENCES "public"."quotes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_decisions" ADD CONSTRAINT "comment_decisions_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_reports" ADD CONSTRAINT "comment_reports_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_parent_id_comments_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "editions" ADD CONSTRAINT "editions_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "error_reports" ADD CONSTRAINT "error_reports_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "error_reports" ADD CONSTRAINT "error_reports_correction_id_corrections_id_fk" FOREIGN KEY ("correction_id") REFERENCES "public"."corrections"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_sends" ADD CONSTRAINT "external_sends_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_metadata" ADD CONSTRAINT "file_metadata_file_files_digest_fk" FOREIGN KEY ("file") REFERENCES "public"."files"("digest") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hops" ADD CONSTRAINT "hops_attribution_id_attributions_id_fk" FOREIGN KEY ("attribution_id") REFERENCES "public"."attributions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hops" ADD CONSTRAINT "hops_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_losses" ADD CONSTRAINT "import_losses_import_id_export_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."export_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_pages" ADD CONSTRAINT "import_pages_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_export_id_export_imports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."export_imports"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locks" ADD CONSTRAINT "locks_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_substitute_id_media_id_fk" FOREIGN KEY ("substitute_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_file_files_digest_fk" FOREIGN KEY ("file") REFERENCES "public"."files"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_credits" ADD CONSTRAINT "media_credits_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merge_moves" ADD CONSTRAINT "merge_moves_merge_id_source_merges_id_fk" FOREIGN KEY ("merge_id") REFERENCES "public"."source_merges"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "old_addresses" ADD CONSTRAINT "old_addresses_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "previews" ADD CONSTRAINT "previews_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "private_values" ADD CONSTRAINT "private_values_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quotes" ADD CONSTRAINT "quotes_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rendition_files" ADD CONSTRAINT "rendition_files_set_id_rendition_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "public"."rendition_sets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rendition_sets" ADD CONSTRAINT "rendition_sets_file_files_digest_fk" FOREIGN KEY ("file") REFERENCES "public"."files"("digest") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_requests" ADD CONSTRAINT "reply_requests_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_requests" ADD CONSTRAINT "reply_requests_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_cause_id_causes_id_fk" FOREIGN KEY ("cause_id") REFERENCES "public"."causes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_addresses" ADD CONSTRAINT "source_addresses_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_names" ADD CONSTRAINT "source_names_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_affiliation_id_sources_id_fk" FOREIGN KEY ("affiliation_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trash" ADD CONSTRAINT "trash_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "allegations_by_article" ON "allegations" USING btree ("article_id","id");--> statement-breakpoint
CREATE INDEX "allegations_by_source" ON "allegations" USING btree ("source_id","id") WHERE "allegations"."source_id" is not null;--> statement-breakpoint
CREATE INDEX "answers_by_time" ON "answers" USING btree ("at");--> statement-breakpoint
CREATE INDEX "article_bylines_by_source" ON "article_bylines" USING btree ("source_id","article_id");--> statement-breakpoint
CREATE INDEX "article_bylines_by_name" ON "article_bylines" USING btree ("name","article_id");--> statement-breakpoint
CREATE INDEX "article_media_by_media" ON "article_media" USING btree ("media_id","article_id");--> statement-breakpoint
CREATE INDEX "article_tags_by_tag" ON "article_tags" USING btree ("tag","article_id");--> statement-breakpoint
CREATE UNIQUE INDEX "articles_by_external_id" ON "articles" USING btree ("external_system","external_id");--> statement-breakpoint
CREATE INDEX "articles_by_section" ON "articles" USING btree ("section","id");--> statement-breakpoint
CREATE INDEX "articles_by_lead" ON "articles" USING btree ("lead_media_id");--> statement-breakpoint
CREATE INDEX "articles_by_update" ON "articles" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "articles_by_canonical_url" ON "articles" USING btree ("canonical_url") WHERE "articles"."canonical_url" is not null;--> statement-breakpoint
CREATE INDEX "articles_by_original" ON "articles" USING btree ("translation_of","id") WHERE "articles"."translation_of" is not null;--> statement-breakpoint
CREATE INDEX "articles_by_publish_at" ON "articles" USING btree ("publish_at");--> statement-breakpoint
CREATE INDEX "articles_by_withdraw_at" ON "articles" USING btree ("withdraw_at");--> statement-breakpoint
CREATE INDEX "attributions_by_article" ON "attributions" USING btree ("article_id","id");--> statement-breakpoint
CREATE INDEX "attributions_by_quote" ON "attributions" USING btree ("quote_id","id");--> statement-breakpoint
CREATE INDEX "backups_by_status" ON "backups" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "causes_by_subject" ON "causes" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "causes_by_article" ON "causes" USING btree ("article_id");--> statement-breakpoint
CREATE INDEX "causes_by_done" ON "causes" USING btree ("done_at");--> statement-breakpoint
CREATE INDEX "changes_by_article" ON "changes" USING btree ("article_id","seq");--> statement-breakpoint
CREATE INDEX "changes_by_record" ON "changes" USING btree ("id","seq") WHERE "changes"."article_id" is null;--> statement-breakpoint
CREATE INDEX "comment_decisions_by_comment" ON "comment_decisions" USING btree ("comment_id","seq");--> statement-breakpoint
CREATE INDEX "comment_reports_by_comment" ON "comment_reports" USING btree ("comment_id","id");--> statement-breakpoint
CREATE INDEX "comment_reports_by_reporter" ON "comment_reports" USING btree ("reporter","at");--> statement-breakpoint
CREATE INDEX "comments_by_thread" ON "comments" USING btree ("article_id","thread");--> statement-breakpoint
CREATE INDEX "comments_by_parent" ON "comments" USING btree ("parent_id") WHERE "comments"."parent_id" is not null;--> statement-breakpoint
CREATE INDEX "comments_by_status" ON "comments" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "comments_by_author" ON "comments" USING btree ("author","id");--> statement-breakpoint
CREATE INDEX "comments_by_email" ON "comments" USING btree ("email","id");--> statement-breakpoint
CREATE INDEX "comments_by_network" ON "comments" USING btree ("network","id");--> statement-breakpoint
CREATE INDEX "comments_reported" ON "comments" USING btree ("id") WHERE "comments"."reports" > 0;--> statement-breakpoint
CREATE INDEX "corrections_by_article" ON "corrections" USING btree ("article_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_by_next" ON "deliveries" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "deliveries_by_article" ON "deliveries" USING btree ("webhook_id","article_id","status","seq");--> statement-breakpoint
CREATE INDEX "edges_by_target" ON "edges" USING btree ("target","article_id");--> statement-breakpoint
CREATE INDEX "error_reports_by_status" ON "error_reports" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "error_reports_by_article" ON "error_reports" USING btree ("article_id","id");--> statement-breakpoint
CREATE INDEX "error_reports_by_network" ON "error_reports" USING btree ("network","id");--> statement-breakpoint
CREATE INDEX "error_reports_by_author" ON "error_reports" USING btree ("author","id") WHERE "error_reports"."author" is not null;--> statement-breakpoint
CREATE INDEX "error_reports_by_email" ON "error_reports" USING btree ("email","id") WHERE "error_reports"."email" is not null;--> statement-breakpoint
CREATE INDEX "error_reports_by_correction" ON "error_reports" USING btree ("correction_id") WHERE "error_reports"."correction_id" is not null;--> statement-breakpoint
CREATE INDEX "export_imports_by_status" ON "export_imports" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "facet_counts_by_documents" ON "facet_counts" USING btree ("kind","name","documents");--> statement-breakpoint
CREATE INDEX "files_by_adder" ON "files" USING btree ("added_by","created_at");--> statement-breakpoint
CREATE INDEX "hops_by_source" ON "hops" USING btree ("source_id","attribution_id");--> statement-breakpoint
CREATE INDEX "import_pages_by_time" ON "import_pages" USING btree ("at");--> statement-breakpoint
CREATE INDEX "imports_by_status" ON "imports" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "imports_by_article" ON "imports" USING btree ("article_id","id");--> statement-breakpoint
CREATE INDEX "imports_by_export" ON "imports" USING btree ("export_id") WHERE "imports"."export_id" is not null;--> statement-breakpoint
CREATE INDEX "imports_by_digest" ON "imports" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "imports_by_address" ON "imports" USING btree ("canonical_url") WHERE "imports"."canonical_url" is not null;--> statement-breakpoint
CREATE INDEX "media_by_file" ON "media" USING btree ("file","id") WHERE "media"."file" is not null;--> statement-breakpoint
CREATE INDEX "media_by_url" ON "media" USING btree ("url","id") WHERE "media"."url" is not null;--> statement-breakpoint
CREATE INDEX "media_by_substitute" ON "media" USING btree ("substitute_id") WHERE "media"."substitute_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "media_by_external_id" ON "media" USING btree ("external_system","external_id");--> statement-breakpoint
CREATE INDEX "media_credits_by_media" ON "media_credits" USING btree ("media_id","id");--> statement-breakpoint
CREATE INDEX "media_credits_by_notice" ON "media_credits" USING btree ("notice_at") WHERE "media_credits"."notice_at" is not null;--> statement-breakpoint
CREATE INDEX "media_uses_by_media" ON "media_uses" USING btree ("media_id","article_id");--> statement-breakpoint
CREATE INDEX "media_uses_by_time" ON "media_uses" USING btree ("at");--> statement-breakpoint
CREATE INDEX "merge_moves_by_article" ON "merge_moves" USING btree ("merge_id","is_back","article_id");--> statement-breakpoint
CREATE INDEX "old_addresses_by_article" ON "old_addresses" USING btree ("article_id");--> statement-breakpoint
CREATE INDEX "previews_by_article" ON "previews" USING btree ("article_id","id");--> statement-breakpoint
CREATE INDEX "previews_by_end" ON "previews" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "published_by_slug" ON "published" USING btree ("slug") WHERE "published"."slug" is not null;--> statement-breakpoint
CREATE INDEX "published_by_position" ON "published" USING btree ("kind","position","id","moment");--> statement-breakpoint
CREATE INDEX "published_facets_by_id" ON "published_facets" USING btree ("kind","id","name");--> statement-breakpoint
CREATE INDEX "quote_prints_by_article" ON "quote_prints" USING btree ("article_id");--> statement-breakpoint
CREATE INDEX "quotes_by_article" ON "quotes" USING btree ("article_id","id");--> statement-breakpoint
CREATE INDEX "reached_by_done" ON "reached" USING btree ("cause_id","run","is_done","hops");--> statement-breakpoint
CREATE INDEX "rendition_files_by_set" ON "rendition_files" USING btree ("set_id");--> statement-breakpoint
CREATE INDEX "rendition_sets_by_file" ON "rendition_sets" USING btree ("file");--> statement-breakpoint
CREATE INDEX "rendition_sets_due" ON "rendition_sets" USING btree ("due_at") WHERE "rendition_sets"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "reply_requests_by_article" ON "reply_requests" USING btree ("article_id","id");--> statement-breakpoint
CREATE INDEX "reply_requests_by_source" ON "reply_requests" USING btree ("source_id","id") WHERE "reply_requests"."source_id" is not null;--> statement-breakpoint
CREATE INDEX "reply_requests_by_state" ON "reply_requests" USING btree ("state","id");--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_by_article" ON "reviews" USING btree ("article_id","cause_id");--> statement-breakpoint
CREATE INDEX "reviews_by_cause" ON "reviews" USING btree ("cause_id","state","run");--> statement-breakpoint
CREATE INDEX "reviews_by_state" ON "reviews" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "source_addresses_by_url" ON "source_addresses" USING btree ("url","source_id");--> statement-breakpoint
CREATE INDEX "source_merges_by_state" ON "source_merges" USING btree ("state","at");--> statement-breakpoint
CREATE INDEX "source_merges_by_target" ON "source_merges" USING btree ("into_id");--> statement-breakpoint
CREATE INDEX "source_merges_by_external_id" ON "source_merges" USING btree ("external_system","external_id");--> statement-breakpoint
CREATE INDEX "source_names_by_name" ON "source_names" USING btree ("name","source_id");--> statement-breakpoint
CREATE INDEX "source_names_by_initials" ON "source_names" USING btree ("initials","source_id") WHERE "source_names"."initials" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "sources_by_external_id" ON "sources" USING btree ("external_system","external_id");--> statement-breakpoint
CREATE INDEX "sources_by_affiliation" ON "sources" USING btree ("affiliation_id");--> statement-breakpoint
CREATE INDEX "sources_by_name" ON "sources" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "sources_by_url" ON "sources" USING btree ("url") WHERE "sources"."url" is not null;--> statement-breakpoint
CREATE INDEX "spent_proofs_by_expiry" ON "spent_proofs" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "trash_by_time" ON "trash" USING btree ("at");--> statement-breakpoint
-- Written by hand from here on. One row: its lock lets one transaction write at a time, of all processes; so what they
-- number is in the order of their commits.
CREATE TABLE "state" (
	"one" boolean PRIMARY KEY DEFAULT true CHECK ("one"),
	"epoch" bigint NOT NULL,
	"invalidation" bigint NOT NULL
);
--> statement-breakpoint
INSERT INTO "state" ("epoch", "invalidation") VALUES (0, 0);
--> statement-breakpoint
CREATE INDEX "search_vectors" ON "search" USING gin (("headline" || "text" || "quote" || "caption"));
--> statement-breakpoint
CREATE INDEX "headlines_vectors" ON "headlines" USING gin ("headline");
--> statement-breakpoint
CREATE INDEX "desk_search_vectors" ON "desk_search" USING gin (("article" || "source"));
--> statement-breakpoint
CREATE FUNCTION "forget_words_of_row"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN DELETE FROM "desk_search" WHERE "rowid" = old."row"; RETURN NULL; END $$;
--> statement-breakpoint
CREATE TRIGGER "desk_words_removed" AFTER DELETE ON "desk_words" FOR EACH ROW EXECUTE FUNCTION "forget_words_of_row"();
--> statement-breakpoint
CREATE FUNCTION "forget_words_of_record"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN DELETE FROM "desk_words" WHERE "id" = old."id"; RETURN NULL; END $$;
--> statement-breakpoint
CREATE TRIGGER "words_of_articles_removed" AFTER DELETE ON "articles" FOR EACH ROW EXECUTE FUNCTION "forget_words_of_record"();
--> statement-breakpoint
CREATE TRIGGER "words_of_sources_removed" AFTER DELETE ON "sources" FOR EACH ROW EXECUTE FUNCTION "forget_words_of_record"();
