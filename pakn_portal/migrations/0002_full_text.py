"""Full-text index over ArchiveText: FTS5 kept by triggers on SQLite, a generated tsvector on PostgreSQL.

A later migration that lets SQLite rebuild the table `pakn_portal_archivetext` drops the triggers with it, and must
run the statements of SQLITE (without the virtual tables) again.
"""

from __future__ import annotations

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE pakn_portal_archivefts USING fts5(
        title, body, content='pakn_portal_archivetext', content_rowid='entry_id',
        tokenize="unicode61 remove_diacritics 0 tokenchars '_'")""",
    "CREATE VIRTUAL TABLE pakn_portal_archiveterms USING fts5vocab('pakn_portal_archivefts', 'row')",
    """CREATE TRIGGER pakn_portal_archivetext_insert AFTER INSERT ON pakn_portal_archivetext BEGIN
        INSERT INTO pakn_portal_archivefts(rowid, title, body) VALUES (new.entry_id, new.title, new.body);
    END""",
    """CREATE TRIGGER pakn_portal_archivetext_delete AFTER DELETE ON pakn_portal_archivetext BEGIN
        INSERT INTO pakn_portal_archivefts(pakn_portal_archivefts, rowid, title, body)
        VALUES ('delete', old.entry_id, old.title, old.body);
    END""",
    """CREATE TRIGGER pakn_portal_archivetext_update AFTER UPDATE ON pakn_portal_archivetext BEGIN
        INSERT INTO pakn_portal_archivefts(pakn_portal_archivefts, rowid, title, body)
        VALUES ('delete', old.entry_id, old.title, old.body);
        INSERT INTO pakn_portal_archivefts(rowid, title, body) VALUES (new.entry_id, new.title, new.body);
    END""",
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS pakn_portal_archivetext_update",
    "DROP TRIGGER IF EXISTS pakn_portal_archivetext_delete",
    "DROP TRIGGER IF EXISTS pakn_portal_archivetext_insert",
    "DROP TABLE IF EXISTS pakn_portal_archiveterms",
    "DROP TABLE IF EXISTS pakn_portal_archivefts",
]

# PostgreSQL's parser breaks words at an underscore, so pairs are joined by letters there.
POSTGRESQL = [
    """ALTER TABLE pakn_portal_archivetext ADD COLUMN terms tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, replace(title, '_', 'zz')), 'A') ||
        setweight(to_tsvector('simple'::regconfig, replace(body, '_', 'zz')), 'D')) STORED""",
    # uncompressed: ranking reads the column of every candidate
    "ALTER TABLE pakn_portal_archivetext ALTER COLUMN terms SET STORAGE EXTERNAL",
    # the commonest terms and how common each is, gathered by ANALYZE, weigh the query
    "ALTER TABLE pakn_portal_archivetext ALTER COLUMN terms SET STATISTICS 1000",
    "CREATE INDEX pakn_portal_archivetext_terms ON pakn_portal_archivetext USING gin (terms)",
]
POSTGRESQL_BACK = ["ALTER TABLE pakn_portal_archivetext DROP COLUMN IF EXISTS terms"]


def run(editor, statements):
    for statement in statements.get(editor.connection.vendor, []):
        editor.execute(statement)


def install(apps, editor):
    run(editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def remove(apps, editor):
    run(editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


class Migration(migrations.Migration):
    dependencies = [("pakn_portal", "0001_initial")]

    operations = [migrations.RunPython(install, remove, elidable=False)]
