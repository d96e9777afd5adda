package dev.odometer.postgres.rollup;

import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.DigestNumbers;
import dev.odometer.postgres.jdbc.NamedSql;
import java.util.Collection;
import java.util.Map;

/** The numbers of series. */
public final class SeriesNumbers extends DigestNumbers<Series> {

    /** The part of the heap for the cache: a series has up to 32 values of any length. */
    private static final int HEAP_FRACTION = 8;

    private static final NamedSql ADD = new NamedSql("""
            insert into series (rollup, digest, subject, groups)
            select * from unnest(:rollups, :digests, :subjects, :groups) on conflict (digest) do nothing
            """);
    private static final NamedSql FIND =
            new NamedSql("select digest, id as number from series where digest = any (:digests)");

    public SeriesNumbers(Database database) {
        this(database, Runtime.getRuntime().maxMemory() / HEAP_FRACTION);
    }

    SeriesNumbers(Database database, long maxCachedBytes) {
        super(database, maxCachedBytes, ADD, FIND);
    }

    @Override
    protected byte[] digest(Digest digest, Series series) {
        return digest.of(String.valueOf(series.rollup()), series.subject(), DataJson.write(series.groups()));
    }

    @Override
    protected Map<String, Object> columns(Collection<Series> all) {
        return Map.of(
                "rollups", all.stream().mapToLong(Series::rollup).toArray(),
                "subjects", all.stream().map(Series::subject).toArray(String[]::new),
                "groups", all.stream().map(one -> DataJson.write(one.groups())).toArray(String[]::new));
    }

    @Override
    protected long bytes(Series series) {
        return series.bytes();
    }
}
