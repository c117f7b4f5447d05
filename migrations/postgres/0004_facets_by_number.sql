CREATE TABLE "document_facets" (
	"id" text collate "C" NOT NULL,
	"facet" bigint NOT NULL,
	CONSTRAINT "document_facets_id_facet_pk" PRIMARY KEY("id","facet")
);
--> statement-breakpoint
CREATE TABLE "facet_documents" (
	"facet" bigint NOT NULL,
	"position" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	CONSTRAINT "facet_documents_facet_position_id_pk" PRIMARY KEY("facet","position","id")
);
--> statement-breakpoint
CREATE TABLE "facet_values" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "facet_values_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"value" text collate "C" NOT NULL,
	"documents" bigint NOT NULL
);
--> statement-breakpoint
INSERT INTO "facet_values" ("kind", "name", "value", "documents")
	SELECT "kind", "name", "value", CASE WHEN "name" IN ('article', 'quote', 'media', 'record', 'parent', 'name', 'sameAs', 'url', 'translationOf', 'ends', 'file') THEN 0 ELSE count(*) END
	FROM "published_facets" GROUP BY "kind", "name", "value";
--> statement-breakpoint
CREATE UNIQUE INDEX "facet_values_by_value" ON "facet_values" USING btree ("kind","name","value");
--> statement-breakpoint
CREATE INDEX "facet_values_by_documents" ON "facet_values" USING btree ("kind","name","documents") WHERE "facet_values"."documents" > 0;
--> statement-breakpoint
INSERT INTO "facet_documents" ("facet", "position", "id")
	SELECT v."number", f."position", f."id" FROM "published_facets" AS f
	JOIN "facet_values" AS v ON v."kind" = f."kind" AND v."name" = f."name" AND v."value" = f."value";
--> statement-breakpoint
INSERT INTO "document_facets" ("id", "facet")
	SELECT f."id", v."number" FROM "published_facets" AS f
	JOIN "facet_values" AS v ON v."kind" = f."kind" AND v."name" = f."name" AND v."value" = f."value";
--> statement-breakpoint
DROP TABLE "facet_counts" CASCADE;
--> statement-breakpoint
DROP TABLE "published_facets" CASCADE;
--> statement-breakpoint
CREATE VIEW "published_facets" AS
	SELECT v."kind", v."name", v."value", f."position", f."id"
	FROM "facet_values" AS v JOIN "facet_documents" AS f ON f."facet" = v."number";
