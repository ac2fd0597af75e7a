-- Finds posts with the same text, and pairs of posts with nearly the same text, in a table `posts` that has the
-- columns `path`, `fingerprint` and `text_hash`. For DuckDB 1.4:
--
--     CREATE VIEW posts AS FROM 'table/*.parquet';
--     .read near_duplicates.sql
--
-- Makes the tables `exact_duplicates` (text_hash, copies, paths), `near_duplicates` (path, near, bits) and
-- `crowded` (what was left out, see below), and says at the end how much was found and left out.
--
-- All pairs within 3 bits of each other are found without comparing each text with each other one. A fingerprint
-- is cut into five bands, of 13, 13, 13, 13 and 12 bits. Three bits are in three bands at most, so that two bands
-- at least are equal in both fingerprints. So only texts that have two bands in common are compared: of random
-- ones, one in some 5 million pairs.
--
-- Texts that begin and end with the same long notice may have two bands in common by the thousand. To compare
-- them would take the square of their number: where more than 100 texts have the same value of two bands, the
-- value is crowded, and left out. Such texts are compared still where their other bands say so.

-- Other numbers than these can be set before. Above 3 bits, some pairs are not found.
SET VARIABLE most_bits = coalesce(getvariable('most_bits'), 3);
SET VARIABLE most_texts = coalesce(getvariable('most_texts'), 100);

CREATE OR REPLACE TEMP TABLE exact_duplicates AS
SELECT text_hash, count(*) AS copies, list(path ORDER BY path) AS paths
FROM posts
WHERE text_hash IS NOT NULL
GROUP BY text_hash
HAVING count(*) > 1;

-- Each text once, by the first of its posts.
CREATE OR REPLACE TEMP TABLE texts AS
SELECT text_hash, min(path) AS path, min(fingerprint) AS fingerprint
FROM posts
WHERE fingerprint IS NOT NULL
GROUP BY text_hash;

-- The ten pairs of bands. No bit is shifted out of a fingerprint, which is a signed number.
CREATE OR REPLACE TEMP TABLE pairs_of_bands AS
WITH bands(n, mask) AS (
    VALUES
        (0, 8191), (1, 8191 << 13), (2, 8191::BIGINT << 26), (3, 8191::BIGINT << 39), (4, -(1::BIGINT << 52))
)
SELECT a.mask | b.mask AS mask FROM bands AS a JOIN bands AS b ON a.n < b.n;

CREATE OR REPLACE TEMP VIEW texts_by_bands AS
SELECT mask, fingerprint & mask AS value, text_hash, fingerprint FROM texts CROSS JOIN pairs_of_bands;

CREATE OR REPLACE TEMP TABLE shared AS
SELECT mask, value, count(*) AS texts
FROM texts_by_bands
GROUP BY mask, value
HAVING count(*) > 1;

CREATE OR REPLACE TEMP TABLE crowded AS FROM shared WHERE texts > getvariable('most_texts');

CREATE OR REPLACE TEMP TABLE candidates AS FROM texts_by_bands SEMI JOIN shared USING (mask, value);

CREATE OR REPLACE TEMP TABLE near_duplicates AS
WITH compared AS (FROM candidates ANTI JOIN crowded USING (mask, value)),
pairs AS (
    SELECT DISTINCT a.text_hash AS a, b.text_hash AS b, bit_count(xor(a.fingerprint, b.fingerprint)) AS bits
    FROM compared AS a
    JOIN compared AS b ON a.mask = b.mask AND a.value = b.value AND a.text_hash < b.text_hash
    WHERE bit_count(xor(a.fingerprint, b.fingerprint)) <= getvariable('most_bits')
)
SELECT least(a.path, b.path) AS path, greatest(a.path, b.path) AS near, bits
FROM pairs JOIN texts AS a ON a.text_hash = pairs.a JOIN texts AS b ON b.text_hash = pairs.b
ORDER BY path, near;

WITH in_crowded AS (
    SELECT text_hash, count(*) AS times FROM candidates SEMI JOIN crowded USING (mask, value) GROUP BY text_hash
)
SELECT
    (SELECT count(*) FROM posts) AS posts,
    (SELECT count(*) FROM posts WHERE fingerprint IS NULL) AS posts_without_fingerprint,
    (SELECT count(*) FROM texts) AS texts,
    (SELECT count(*) FROM exact_duplicates) AS texts_of_several_posts,
    (SELECT count(*) FROM near_duplicates) AS near_duplicates,
    (SELECT count(*) FROM crowded) AS values_left_out,
    -- Pairs of these may be missing.
    (SELECT count(*) FROM in_crowded) AS texts_left_out_somewhere,
    -- These were compared with none.
    (SELECT count(*) FROM in_crowded WHERE times = 10) AS texts_left_out;
