-- Links by the local id that a record went by before: the derived tables are made anew.
UPDATE register_info SET layout = '';
