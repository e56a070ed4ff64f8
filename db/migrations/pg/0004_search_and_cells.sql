-- The index that SQLite gets here would refuse long names.
SELECT 1;
