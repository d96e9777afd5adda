package dev.odometer.benchmarks;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Random;
import org.postgresql.PGConnection;

/**
 * Alternatives to store a batch of 1,000 events of 1,000 subjects that three meters count: one connection, one
 * transaction per batch, current times, SQL only (ADR 4).
 */
final class StorageBenchmark {

    private static final int BATCHES = 300;
    private static final int METERS = 3;
    private static final int FOLD_EVERY = 64;
    private static final String INDEXED = " /* and an index on time */";
    private static final String[] LEVELS = {"minute", "hour", "day"};

    private final Connection database;
    private final Random random = new Random(7);

    StorageBenchmark(Connection database) {
        this.database = database;
    }

    private interface Batch {
        void run(int number) throws Exception;
    }

    void run() throws Exception {
        database.setAutoCommit(false);
        measure(
                "events under a (source, id) text key",
                "source text, id text, data text, primary key (source, id)",
                n -> insertText());
        measure(
                "events under a 16-byte key",
                "key bytea primary key, at bigint, position bigint, data text",
                n -> insertEvents(n));
        measure("  and an index on time", events(), n -> insertEvents(n));
        measure("  and rollups of three levels updated in place", events(), n -> {
            insertEvents(n);
            upsert(n);
        });
        measure("  and deltas folded every 64 batches", events(), n -> {
            insertEvents(n);
            delta(n);
            if (n % FOLD_EVERY == FOLD_EVERY - 1) {
                fold();
            }
        });
    }

    /** The columns, marked as a table with an index on time. */
    private static String events() {
        return "key bytea primary key, at bigint, position bigint, data text" + INDEXED;
    }

    private void measure(String what, String columns, Batch batch) throws Exception {
        try (Statement statement = database.createStatement()) {
            statement.execute("drop table if exists s_event, s_delta, s_minute, s_hour, s_day");
            statement.execute("create table s_event (" + columns.replace(INDEXED, "") + ")");
            if (columns.endsWith(INDEXED)) {
                statement.execute("create index on s_event (at, position)");
            }
            statement.execute("create table s_delta (series bigint[], minute bigint[], amount numeric[])");
            for (String level : LEVELS) {
                statement.execute(
                        "create table s_" + level
                                + " (series bigint, bucket bigint, amount numeric, primary key (series, bucket)) with (fillfactor=80)");
            }
        }
        database.commit();
        long start = System.nanoTime();
        for (int n = 0; n < BATCHES; n++) {
            batch.run(n);
            database.commit();
        }
        Report.line(what, BATCHES * (double) Load.BATCH / ((System.nanoTime() - start) / 1e9), "events/s", "");
    }

    private Array array(String type, Object values) throws Exception {
        return database.unwrap(PGConnection.class).createArrayOf(type, values);
    }

    private void insertText() throws Exception {
        String[] ids = new String[Load.BATCH];
        String[] data = new String[Load.BATCH];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            data[i] = "{\"tokens\":" + random.nextInt(10_000) + ",\"model\":\"model-1\",\"region\":\"region-1\"}";
        }
        try (PreparedStatement insert = database.prepareStatement(
                "insert into s_event select 'benchmark', e.* from unnest(?, ?) as e (id, data) on conflict do nothing")) {
            insert.setArray(1, array("text", ids));
            insert.setArray(2, array("text", data));
            insert.executeUpdate();
        }
    }

    private void insertEvents(int batch) throws Exception {
        byte[][] keys = new byte[Load.BATCH][];
        long[] at = new long[Load.BATCH];
        long[] positions = new long[Load.BATCH];
        String[] data = new String[Load.BATCH];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = ByteBuffer.allocate(16)
                    .putLong(random.nextLong())
                    .putLong(random.nextLong())
                    .array();
            at[i] = System.currentTimeMillis() * 1000;
            positions[i] = ((long) batch << 20) + i;
            data[i] = "{\"tokens\":" + random.nextInt(10_000) + ",\"model\":\"model-1\",\"region\":\"region-1\"}";
        }
        java.util.Arrays.sort(keys, java.util.Arrays::compareUnsigned);
        try (PreparedStatement insert = database.prepareStatement("insert into s_event"
                + " select e.* from unnest(?, ?, ?, ?) as e (key, at, position, data) on conflict (key) do nothing")) {
            insert.setArray(1, array("bytea", keys));
            insert.setArray(2, array("int8", at));
            insert.setArray(3, array("int8", positions));
            insert.setArray(4, array("text", data));
            insert.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement, int batch) throws Exception {
        long[] series = new long[METERS * Load.SUBJECTS];
        long[] minutes = new long[series.length];
        Long[] amounts = new Long[series.length];
        for (int i = 0; i < series.length; i++) {
            series[i] = i;
            minutes[i] = 60L * (batch / 100);
            amounts[i] = (long) random.nextInt(10_000);
        }
        statement.setArray(1, array("int8", series));
        statement.setArray(2, array("int8", minutes));
        statement.setArray(3, array("numeric", amounts));
    }

    private void upsert(int batch) throws Exception {
        for (String level : LEVELS) {
            try (PreparedStatement upsert = database.prepareStatement("insert into s_" + level + " as r"
                    + " select e.* from unnest(?, ?, ?) as e (series, bucket, amount) on conflict (series, bucket)"
                    + " do update set amount = r.amount + excluded.amount")) {
                bind(upsert, level.equals("minute") ? batch : 0);
                upsert.executeUpdate();
            }
        }
    }

    private void delta(int batch) throws Exception {
        try (PreparedStatement insert = database.prepareStatement("insert into s_delta values (?, ?, ?)")) {
            bind(insert, batch);
            insert.executeUpdate();
        }
    }

    private void fold() throws Exception {
        try (Statement statement = database.createStatement()) {
            statement.execute("create temp table folded on commit drop as with d as (delete from s_delta returning *)"
                    + " select u.* from d, unnest(d.series, d.minute, d.amount) as u (series, minute, amount)");
            for (String level : LEVELS) {
                String bucket =
                        level.equals("minute") ? "minute" : level.equals("hour") ? "minute / 3600" : "0::bigint";
                statement.execute("insert into s_" + level + " as r select series, " + bucket
                        + ", sum(amount) from folded group by 1, 2 on conflict (series, bucket)"
                        + " do update set amount = r.amount + excluded.amount");
            }
        }
    }
}
