CREATE TABLE "credit_names" (
	"credit_id" text collate "C" NOT NULL,
	"role" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"media_id" text collate "C" NOT NULL,
	CONSTRAINT "credit_names_credit_id_role_name_pk" PRIMARY KEY("credit_id","role","name")
);
--> statement-breakpoint
CREATE TABLE "picture_hashes" (
	"file" text collate "C" PRIMARY KEY NOT NULL,
	"hash" text collate "C" NOT NULL,
	"first" bigint NOT NULL,
	"second" bigint NOT NULL,
	"third" bigint NOT NULL,
	"fourth" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "credit_names" ADD CONSTRAINT "credit_names_credit_id_media_credits_id_fk" FOREIGN KEY ("credit_id") REFERENCES "public"."media_credits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "picture_hashes" ADD CONSTRAINT "picture_hashes_file_files_digest_fk" FOREIGN KEY ("file") REFERENCES "public"."files"("digest") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "credit_names_by_name" ON "credit_names" USING btree ("role","name","media_id");--> statement-breakpoint
CREATE INDEX "picture_hashes_by_first" ON "picture_hashes" USING btree ("first");--> statement-breakpoint
CREATE INDEX "picture_hashes_by_second" ON "picture_hashes" USING btree ("second");--> statement-breakpoint
CREATE INDEX "picture_hashes_by_third" ON "picture_hashes" USING btree ("third");--> statement-breakpoint
CREATE INDEX "picture_hashes_by_fourth" ON "picture_hashes" USING btree ("fourth");--> statement-breakpoint
INSERT INTO "credit_names" ("credit_id", "role", "name", "media_id")
SELECT c."id", 'creator', n."value", c."media_id" FROM "media_credits" AS c, json_array_elements_text(c."creators") AS n("value")
UNION SELECT c."id", 'supplier', n."value", c."media_id" FROM "media_credits" AS c, json_array_elements_text(c."suppliers") AS n("value")
UNION SELECT c."id", 'licence', c."licence" ->> 'name', c."media_id" FROM "media_credits" AS c WHERE c."licence" ->> 'name' IS NOT NULL;
