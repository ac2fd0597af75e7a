# The lines of JSON in Polars. What nests without an end (`items`, `blocks` and `rows` of a block), or is of any
# type (`extra`), is left out, and can be had from the line itself as JSON.
import polars
from polars import Boolean, Float64, Int64, List, String, Struct

SIZE = {"width": Int64, "height": Int64}
POSITION = {"line": Int64, "column": Int64, "offset": Int64}
MARK = Struct({"start": Int64, "end": Int64, "type": String, "href": String, "title": String, "reading": String,
               "display": Boolean, "id": String, "direction": String})
SOURCE = Struct({"url": String, "descriptor": Struct({"width": Int64, "density": Float64}), "media_type": String,
                 "media_query": String})
MEDIUM = Struct({"type": String, "src": String, "alt": String, "title": String, **SIZE, "sources": List(SOURCE),
                 "link": String, "poster": String})
BLOCK = Struct({"type": String, "text": String, "marks": List(MARK), "id": String, "direction": String,
                "level": Int64, "media": List(MEDIUM), "caption": Struct({"text": String, "marks": List(MARK)}),
                "credit": String, "kind": String, "numbering": String, "start": Int64,
                "language": String, "is_code": Boolean})
LINE = {
    "path": String,
    "meta": Struct({"layout": String, "title": String, "slug": String, "permalink": String, "description": String,
                    "date": String, "modified": String, "draft": Boolean, "authors": List(String), "from": String,
                    "image": String, "lang": String, "tags": List(String), "categories": List(String),
                    "comments": Boolean}),
    "prelude": Struct({"stamp": Int64, "stamp_is_nan": Boolean, "heading": Struct({"text": String, "url": String})}),
    "blocks": List(BLOCK),
    "report": Struct({
        "diagnostics": List(Struct({"kind": String, "message": String, **POSITION})),
        "removals": List(Struct({"rule": String, "element": String, "kind": String, "text": String, **POSITION})),
        "metadata_engine": String, "metadata_declined": String, "html_engine": String, "html_declined": String,
        "body_format": String}),
    "error": Struct({"message": String, "line": Int64, "column": Int64}),
}

def read_posts(path):
    extra = polars.read_lines(path, name="line")["line"].str.json_path_match("$.meta.extra")
    return polars.read_ndjson(path, schema=LINE).with_columns(extra.alias("extra"))
