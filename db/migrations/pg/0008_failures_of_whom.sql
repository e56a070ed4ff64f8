ALTER TABLE "verification_level" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP TABLE "verification_level" CASCADE;--> statement-breakpoint
ALTER TABLE "failed_verification" ADD COLUMN "country" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "failed_verification" ADD COLUMN "admin" boolean;--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "address" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "failed_verification_person" ON "failed_verification" USING btree ("tenant_id","person_id","failed_at");--> statement-breakpoint
CREATE INDEX "failed_verification_address" ON "failed_verification" USING btree ("tenant_id","address","failed_at");--> statement-breakpoint
CREATE INDEX "flow_address" ON "flow" USING btree ("tenant_id","address","started_at");