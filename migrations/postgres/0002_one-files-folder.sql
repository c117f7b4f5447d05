-- Which folder the files of media lie in, of all processes: the mark that stands in it.
ALTER TABLE "state" ADD COLUMN "files" text;
