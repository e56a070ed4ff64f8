-- What drizzle cannot say. Substring search by trigrams, where this server has the extension and lets
-- us create it; without it search still works, by reading the tenant's people.
DO $$
BEGIN
	CREATE EXTENSION IF NOT EXISTS pg_trgm;
	CREATE INDEX IF NOT EXISTS "person_search" ON "person" USING gin ("search_text" gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
	RAISE NOTICE 'pg_trgm is not available: name search will be slower (%)', SQLERRM;
END $$;
