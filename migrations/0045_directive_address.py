"""Notices lead to directives by their number in the register: ids would count the confidential ones as well."""


def up(migrator, db):
    rename_places(db, lambda row: (id_place(row), number_place(row)))


def down(migrator, db):
    """Notices lead to directives by their ids again."""
    rename_places(db, lambda row: (number_place(row), id_place(row)))


def id_place(row):
    return f'/directives/{row[0]}'


def number_place(row):
    number, is_confidential, year = row[1:]
    return f"/directives/{year}-{'m' if is_confidential else ''}{number}"


def rename_places(db, places_of):
    query = 'SELECT id, number, is_confidential, number_year FROM directive WHERE number IS NOT NULL ORDER BY id'
    for row in db.execute_sql(query).fetchall():
        before, after = places_of(row)
        db.execute_sql(f'UPDATE notice SET path = {db.param} WHERE path = {db.param}', (after, before))
