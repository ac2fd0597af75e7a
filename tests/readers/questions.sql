-- Ten questions to an archive. `posts` is its table, in DuckDB for example by
--     CREATE VIEW posts AS FROM 'table/*.parquet';

-- 1. How many posts has each site in each month?
SELECT host, substr(date_text, 1, 7) AS month, count(*) AS posts
FROM posts
WHERE host IS NOT NULL AND date_text IS NOT NULL
GROUP BY host, month
ORDER BY host, month;

-- 2. Which posts could not be read, where and why?
SELECT path, error_line, error_column, error
FROM posts
WHERE error IS NOT NULL
ORDER BY path;

-- 3. Which posts are the longest?
SELECT path, title, word_count
FROM posts
WHERE word_count > 0
ORDER BY word_count DESC, path
LIMIT 10;

-- 4. How many posts has each tag?
SELECT tag, count(*) AS posts
FROM (SELECT unnest(tags) AS tag FROM posts) AS tags
GROUP BY tag
ORDER BY posts DESC, tag;

-- 5. Which images say nothing to those who cannot see them?
SELECT path, figure['url'] AS image
FROM (SELECT path, unnest(figures) AS figure FROM posts) AS figures
WHERE figure['type'] = 'image' AND coalesce(figure['alt'], '') = ''
ORDER BY path, image;

-- 6. Which sites are linked to most?
SELECT split_part(link['url'], '/', 3) AS site, count(*) AS links, count(DISTINCT path) AS posts
FROM (SELECT path, unnest(links) AS link FROM posts) AS links
WHERE link['url'] LIKE 'http%://%'
GROUP BY site
ORDER BY links DESC, site
LIMIT 20;

-- 7. What are the headings of each post?
SELECT path, block['level'] AS level,
    substr(text, block['start'] + 1, block['end'] - block['start']) AS heading
FROM (SELECT path, text, unnest(blocks) AS block FROM posts) AS blocks
WHERE block['type'] = 'heading'
ORDER BY path, block['start'];

-- 8. What was taken out of the articles, and by which rules?
SELECT removal['kind'] AS kind, coalesce(removal['rule'], '') AS rule, count(*) AS removals
FROM (SELECT unnest(removals) AS removal FROM posts) AS removals
GROUP BY kind, rule
ORDER BY removals DESC, kind, rule;

-- 9. What are the bodies written in, and which reader took them?
SELECT coalesce(body_format, '') AS body, coalesce(html_engine, '') AS engine, count(*) AS posts,
    sum(source_bytes) AS bytes
FROM posts
WHERE error IS NULL
GROUP BY body, engine
ORDER BY posts DESC, body, engine;

-- 10. What do the captions say, and who is credited?
SELECT path, figure['url'] AS url, coalesce(figure['credit'], '') AS credit,
    substr(text, figure['start'] + 1, figure['end'] - figure['start']) AS caption
FROM (SELECT path, text, unnest(figures) AS figure FROM posts) AS figures
WHERE figure['start'] IS NOT NULL
ORDER BY path, url;
