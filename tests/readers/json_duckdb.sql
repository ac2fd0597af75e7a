-- The lines of JSON in DuckDB. Without the types, DuckDB guesses them from the first lines, and fails on a line
-- that holds something new. What nests without an end, or is of any type, is JSON.
CREATE VIEW lines AS FROM read_json('posts.jsonl', format = 'newline_delimited', columns = {
    path: 'VARCHAR',
    meta: 'STRUCT(layout VARCHAR, title VARCHAR, slug VARCHAR, permalink VARCHAR, description VARCHAR,
        date VARCHAR, modified VARCHAR, draft BOOLEAN, authors VARCHAR[], "from" VARCHAR, image VARCHAR,
        lang VARCHAR, tags VARCHAR[], categories VARCHAR[], comments BOOLEAN, extra JSON)',
    prelude: 'STRUCT(stamp BIGINT, stamp_is_nan BOOLEAN, heading STRUCT("text" VARCHAR, url VARCHAR))',
    blocks: 'STRUCT("type" VARCHAR, "text" VARCHAR,
        marks STRUCT("start" BIGINT, "end" BIGINT, "type" VARCHAR, href VARCHAR, title VARCHAR,
            reading VARCHAR, display BOOLEAN, id VARCHAR, direction VARCHAR)[],
        id VARCHAR, direction VARCHAR, "level" BIGINT,
        media STRUCT("type" VARCHAR, src VARCHAR, alt VARCHAR, title VARCHAR, width BIGINT, height BIGINT,
            sources STRUCT(url VARCHAR, descriptor STRUCT(width BIGINT, density DOUBLE), media_type VARCHAR,
                media_query VARCHAR)[], link VARCHAR, poster VARCHAR)[],
        caption STRUCT("text" VARCHAR, marks JSON), credit VARCHAR,
        kind VARCHAR, numbering VARCHAR, "start" BIGINT, items JSON, blocks JSON, "rows" JSON,
        "language" VARCHAR, is_code BOOLEAN)[]',
    report: 'STRUCT(
        diagnostics STRUCT(kind VARCHAR, message VARCHAR, line BIGINT, "column" BIGINT, "offset" BIGINT)[],
        removals STRUCT("rule" VARCHAR, element VARCHAR, kind VARCHAR, "text" VARCHAR, line BIGINT,
            "column" BIGINT, "offset" BIGINT)[],
        metadata_engine VARCHAR, metadata_declined VARCHAR, html_engine VARCHAR, html_declined VARCHAR,
        body_format VARCHAR)',
    error: 'STRUCT(message VARCHAR, line BIGINT, "column" BIGINT)'
});
