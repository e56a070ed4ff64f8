-- What drizzle cannot say for one engine alone. The hits of a search are checked, and counted by cell, in
-- this index; PostgreSQL takes no entry as long as some names and looks them up.
CREATE INDEX `person_found` ON `person` (`tenant_id`,`id`,`cell_id`,`sort_name`,`object_id`,`search_text`) WHERE cell_id is not null;
