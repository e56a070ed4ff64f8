ALTER TABLE "person" DROP COLUMN "reason";--> statement-breakpoint
ALTER TABLE "person" DROP COLUMN "is_admin";