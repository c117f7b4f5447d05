CREATE TABLE "published_sets" (
	"set_id" text collate "C" NOT NULL,
	"media_id" text collate "C" NOT NULL,
	CONSTRAINT "published_sets_set_id_media_id_pk" PRIMARY KEY("set_id","media_id")
);
--> statement-breakpoint
ALTER TABLE "published_sets" ADD CONSTRAINT "published_sets_set_id_rendition_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "public"."rendition_sets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "published_sets_by_media" ON "published_sets" USING btree ("media_id");