from concurrent.futures import ThreadPoolExecutor
from subprocess import PIPE, Popen, check_output
import pyarrow as pa
from pyspark.sql.pandas.types import from_arrow_schema

def offprint_table(posts, command="offprint"):  # posts: a DataFrame with `path` (text) and `source` (binary)
    def convert(batches):
        def feed(pipe):  # in a thread of its own: one alone would wait for ever when both pipes are full
            rows, stream = 0, pa.ipc.new_stream(pipe, pa.schema({"path": pa.string(), "source": pa.binary()}))
            with pipe:
                for batch in batches:
                    stream.write_batch(batch)
                    rows += batch.num_rows
                stream.close()  # not after an error: the command refuses a stream without its end
            return rows
        arguments = [command, "convert", "-", "--input-format=arrow", "--format=arrow", "--jobs=1", "--quiet"]
        with ThreadPoolExecutor(1) as pool, Popen(arguments, stdin=PIPE, stdout=PIPE) as child:
            given, rows = pool.submit(feed, child.stdin), 0
            for batch in pa.ipc.open_stream(child.stdout):
                yield batch
                rows += batch.num_rows
            if given.result() != rows or child.wait() > 1:  # 1: posts that failed are rows with an `error`
                raise RuntimeError(f"{command}: {rows} rows of {given.result()} posts, status {child.wait()}")
    schema = pa.ipc.open_stream(check_output([command, "schema", "--format=arrow"])).schema
    return posts.select("path", "source").mapInArrow(convert, from_arrow_schema(schema, True))
