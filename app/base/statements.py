"""Queries that are built once in a process and from then on only run: to build one costs more than to run it.

    @prepared
    def filings_opened(department_ids: Sequence[int], since: date) -> ModelSelect[Filing]:
        return Filing.select().where(Filing.department.in_(department_ids) & (Filing.opened_on >= since))

    rows = filings_opened([3, 7], today())

The function is called with placeholders for its arguments, once for each shape of them: which are None (peewee writes
IS NULL), and how long the lists are. So it must not look at a value, nor at the clock: a day comes as an argument. Only
a frozenset is seen as it is, and is part of the shape: roles, say, on which the condition hangs. The query is kept as
SQL. A call converts the values as their columns do, runs the statement and reads the rows as peewee would; a query
for one row says limit(1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, update_wrapper
from itertools import count, groupby, repeat
from typing import Any, Generic, NamedTuple, NoReturn, ParamSpec, TypeVar

from peewee import (
    AutoField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    FieldAlias,
    ForeignKeyField,
    IntegerField,
    Model,
    ModelCursorWrapper,
    ModelDictCursorWrapper,
    ModelObjectCursorWrapper,
    Node,
    SelectBase,
    TextField,
)

from app.base.database import ChoiceField, database

P = ParamSpec("P")
Row = TypeVar("Row")
RowReader = Callable[[tuple[Any, ...]], Any]

# Fields whose values both databases' drivers bring as they are: text and whole numbers.
PLAIN_FIELDS = frozenset({AutoField, CharField, ForeignKeyField, IntegerField, TextField})
NUMBER_FIELDS = frozenset({AutoField, ForeignKeyField, IntegerField})
# Fields of few different values, none of which can change: each is read once.
REPEATED_FIELDS = frozenset({BooleanField, ChoiceField, DateField, DateTimeField})
REMEMBERED_VALUES = 1024  # of a column


class Placeholder(Node):
    """Stands in a query for a value that is known only when it runs."""

    def __init__(self, place: int) -> None:
        self.place = place

    def __sql__(self, ctx: Any) -> Any:
        convert = ctx.state.converter
        is_number = type(getattr(convert, "__self__", None)) in NUMBER_FIELDS
        return ctx.value(AwaitedValue(self.place, convert, is_number), converter=False)

    def refuse_use(self, *_: object) -> NoReturn:
        raise TypeError("a prepared query must not look at the values of its arguments")

    __bool__ = __eq__ = __ne__ = __iter__ = __str__ = __hash__ = refuse_use


class AwaitedValue(NamedTuple):
    """Where a parameter of a statement comes from: the place among the values of a call, and its column's way."""

    place: int
    convert: Callable[[Any], Any] | None
    is_number: bool

    def bind(self, values: Sequence[Any]) -> Any:
        value = values[self.place]
        # A number of a row, of which lists hold hundreds, goes to a column of such numbers as it is.
        if self.convert is None or (self.is_number and type(value) is int):
            return value
        return self.convert(value)


class PreparedStatement:
    """One SQL text, and how its rows are read: that is known from the first time on."""

    def __init__(self, query: Any) -> None:
        if not isinstance(query, SelectBase):
            raise TypeError("only what reads is prepared here")
        self.query = query
        self.sql, self.parameters = database.get_sql_context().parse(query)
        self.read_row: RowReader | None = None

    def fetch_rows(self, values: Sequence[Any]) -> list[Any]:
        bound = [one.bind(values) if type(one) is AwaitedValue else one for one in self.parameters]
        cursor = database.execute_sql(self.sql, bound)
        if self.read_row is None:
            self.read_row = reader_of_rows(self.query, cursor)
        return list(map(self.read_row, cursor.fetchall()))


class PreparedQuery(Generic[P, Row]):
    """A function that returns a query; called, it returns the query's rows."""

    def __init__(self, build: Callable[P, Iterable[Row]]) -> None:
        update_wrapper(self, build)
        self.build: Callable[..., Any] = build
        self.statements: dict[tuple[object, ...], PreparedStatement] = {}

    def __call__(self, *arguments: P.args, **named: P.kwargs) -> list[Row]:
        if named:
            raise TypeError("the arguments of a prepared query go by their places")
        given = [padded_values(one) if isinstance(one, (list, tuple)) else one for one in arguments]
        key = (type(database.obj), *map(shape_of, given))
        statement = self.statements.get(key)
        if statement is None:
            statement = PreparedStatement(self.build(*with_placeholders(given)))
            self.statements[key] = statement
        return statement.fetch_rows([*values_in_order(given)])


prepared = PreparedQuery


def padded_values(values: list[Any] | tuple[Any, ...]) -> list[Any]:
    """Return a list as it is asked for, IN (7, 9, 9, 9): for lists of all lengths a few statements are enough."""
    missing = (1 << (len(values) - 1).bit_length()) - len(values) if values else 0
    return [*values, *repeat(values[-1], missing)] if missing else [*values]


def shape_of(argument: Any) -> object:
    if isinstance(argument, list):
        return len(argument)
    if isinstance(argument, frozenset):
        return argument
    return "null" if argument is None else "value"


def values_in_order(given: Iterable[Any]) -> Iterator[Any]:
    for one in given:
        if isinstance(one, list):
            yield from one
        else:
            yield one


def with_placeholders(given: Iterable[Any]) -> Iterator[Any]:
    """Yield placeholders in the shape of the arguments; None and frozensets stay as they are."""
    places = count()
    for one in given:
        if isinstance(one, list):
            yield [Placeholder(next(places)) for _ in one]
        else:
            place = next(places)
            yield one if one is None or isinstance(one, frozenset) else Placeholder(place)


def reader_of_rows(query: Any, cursor: Any) -> RowReader:
    """Return what makes of a row what the query itself would make of it."""
    own = query._get_cursor_wrapper(cursor)
    own.initialize()
    own.cursor = None
    # Of a single table peewee reads instances in another way, to the same effect.
    is_single = type(own) is ModelObjectCursorWrapper and own.constructor is query.model and not query._joins
    if is_single or type(own) is ModelCursorWrapper:
        joined = ModelCursorWrapper(cursor, query.model, query._returning, query._from_list, query._joins)
        joined.initialize()
        if has_fields_alone(joined):
            reader = ModelReader(joined)
            return reader.read_row if reader.links else reader.parts[0].make_instance
    if type(own) is ModelDictCursorWrapper or (type(own) is ModelObjectCursorWrapper and not own.is_model):
        return ValuesReader(own).read_row
    read_row: RowReader = own.process_row
    return read_row


def has_fields_alone(wrapper: ModelCursorWrapper) -> bool:
    """Return whether the columns are fields of the joined tables, those of a table side by side."""
    tables = wrapper.key_to_constructor
    are_fields = all(
        key in tables and tables[key][1] and name in tables[key][0]._meta.fields
        for key, name in zip(wrapper.column_keys, wrapper.columns, strict=True)
    )
    return are_fields and len([*groupby(wrapper.column_keys)]) == len(set(wrapper.column_keys))


class ValuesReader:
    """Makes dictionaries or what a query names with ``objects(…)`` of the converted values of a row."""

    def __init__(self, wrapper: ModelDictCursorWrapper) -> None:
        own = zip(wrapper.fields, wrapper.converters, strict=True)
        found = [
            converter_of(field) if field and convert == field.python_value else convert
            for field, convert in own
        ]
        self.converters = [(place, convert) for place, convert in enumerate(found) if convert]
        self.names: Sequence[str] = wrapper.unique_columns
        self.kind: Any = wrapper.constructor if isinstance(wrapper, ModelObjectCursorWrapper) else None
        # A named tuple or dataclass whose fields stand as the columns do takes the values as they come.
        self.is_in_order = getattr(self.kind, "__match_args__", None) == tuple(self.names)

    def read_row(self, row: Sequence[Any]) -> Any:
        values = list(row)
        for place, convert in self.converters:
            values[place] = convert(values[place])
        if self.is_in_order:
            return self.kind(*values)
        named = dict(zip(self.names, values, strict=True))
        return self.kind(**named) if self.kind else named


class TablePart(NamedTuple):
    """What of a row belongs to one of the joined tables."""

    key: Any
    model: type[Model]
    columns: slice
    names: tuple[str, ...]
    converters: tuple[tuple[str, Callable[[Any], Any]], ...]

    @classmethod
    def of(cls, wrapper: ModelCursorWrapper, key: Any) -> TablePart:
        places = [place for place, one in enumerate(wrapper.column_keys) if one is key]
        converters = ((wrapper.columns[place], converter_of(wrapper.fields[place])) for place in places)
        return cls(
            key=key,
            model=wrapper.key_to_constructor[key][0],
            columns=slice(places[0], places[-1] + 1) if places else slice(0),
            names=tuple(wrapper.columns[place] for place in places),
            converters=tuple((name, convert) for name, convert in converters if convert),
        )

    def make_instance(self, values: Sequence[Any]) -> Any:
        """Return an instance as it is stored."""
        instance: Any = self.model.__new__(self.model)
        instance.__data__ = data = dict(zip(self.names, values, strict=True))
        for name, convert in self.converters:
            if data[name] is not None:
                data[name] = convert(data[name])
        instance.__rel__, instance._dirty = {}, set()
        return instance


class TableLink(NamedTuple):
    """A join: under which name an instance of `source` gets the one of `joined`; `beyond` are joined through it."""

    source: Any
    name: str
    joined: Any
    is_outer: bool
    is_foreign_key: bool
    beyond: frozenset[Any]


class ModelReader:
    """Makes instances with what is joined to them as ModelCursorWrapper does, but all columns of a table at once."""

    def __init__(self, wrapper: ModelCursorWrapper) -> None:
        self.root = wrapper.model
        self.parts = [TablePart.of(wrapper, key) for key in wrapper.key_to_constructor]
        beyond: Mapping[Any, frozenset[Any]] = wrapper._dest_reachable  # type: ignore[attr-defined]  # not in its stubs
        self.links = [
            TableLink(source, name, joined, is_outer, is_foreign_key, beyond.get(joined, frozenset()))
            for source, name, joined, _, is_outer, is_foreign_key in wrapper.src_to_dest
        ]

    def read_row(self, row: tuple[Any, ...]) -> Any:
        found, instances = set(), {}
        for part in self.parts:
            values = row[part.columns]
            if values.count(None) < len(values):
                found.add(part.key)
            instances[part.key] = part.make_instance(values)
        for link in self.links:
            instance, is_found = instances[link.source], link.joined in found
            is_there = is_found or not link.beyond.isdisjoint(found)
            if not (is_there or link.is_outer) or (
                link.is_outer and not is_found and link.source not in found
            ):
                continue
            if is_there or not link.is_foreign_key:
                setattr(instance, link.name, instances[link.joined] if is_there else None)
                instance._dirty.clear()
            else:
                instance.__rel__[link.name] = None
        return instances[self.root]


def converter_of(field: Any) -> Callable[[Any], Any] | None:
    """Return how the values of a field are read; None where they come from the driver as they are needed.

    What is worked out in the query, such as the newer of two titles, has no field.
    """
    own = field.field if isinstance(field, FieldAlias) else field
    if own is None or type(own) in PLAIN_FIELDS:
        return None
    if type(own) in REPEATED_FIELDS:
        return remembering_reader(own.model, own.name)
    read: Callable[[Any], Any] = own.python_value
    return read


@cache
def remembering_reader(model: type[Model], name: str) -> Callable[[Any], Any]:
    """Return how the values of a field are read, each once; all statements share it."""
    return lru_cache(REMEMBERED_VALUES)(model._meta.fields[name].python_value)
