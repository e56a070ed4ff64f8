CREATE TABLE "verification_level" (
	"tenant_id" bigint NOT NULL,
	"bucket" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"start_at" bigint NOT NULL,
	"expected" double precision,
	"upper" double precision,
	"p" double precision,
	"level" text COLLATE "C",
	"made_with" text COLLATE "C" NOT NULL,
	CONSTRAINT "verification_level_tenant_id_bucket_day_start_at_pk" PRIMARY KEY("tenant_id","bucket","day","start_at")
);
