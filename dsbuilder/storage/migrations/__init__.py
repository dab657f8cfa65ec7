"""The history of the tables, applied in order by `storage.database.migrate`."""
