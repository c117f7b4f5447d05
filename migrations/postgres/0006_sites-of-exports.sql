CREATE TABLE "imported_sites" (
	"system" text collate "C" NOT NULL,
	"site" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	CONSTRAINT "imported_sites_system_site_pk" PRIMARY KEY("system","site")
);
--> statement-breakpoint
ALTER TABLE "export_imports" ADD COLUMN "moved" boolean DEFAULT false NOT NULL;