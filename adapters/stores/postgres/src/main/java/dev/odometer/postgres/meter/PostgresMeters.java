package dev.odometer.postgres.meter;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Meters;
import dev.odometer.postgres.delta.DeltaSources;
import dev.odometer.postgres.entitlement.StoredFeature;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.rollup.Rollups;
import dev.odometer.postgres.rollup.StoredMeter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Meters in PostgreSQL. A change waits for in-flight appends, and later appends detect it. So each event is either in
 * the backfill of a new meter or in a delta of an append that knows the meter, never in both and never in neither.
 */
public final class PostgresMeters implements Meters {

    private static final String INSERT = """
            insert into meter (id, slug, name, description, metadata, aggregation, event_type, event_from,
                value_property, group_by, created_at, updated_at, deleted_at,
                rollup, backfill_to, backfilled_at, backfilled_position)
            values (:id, :slug, :name, :description, :metadata, :aggregation, :eventType, :eventFrom,
                :valueProperty, :groupBy, :createdAt, :updatedAt, :deletedAt,
                nextval('rollup_number'), :upTo, :earliest, 0)
            """;
    private static final String UPDATE = """
            update meter set name = :name, description = :description, metadata = :metadata, group_by = :groupBy,
                updated_at = :updatedAt, deleted_at = :deletedAt
            where id = :id
            """;
    private static final String RESTART_BACKFILL = """
            update meter set rollup = nextval('rollup_number'), backfill_to = :upTo, backfilled_at = :earliest,
                backfilled_position = 0
            where id = :id
            """;

    private final Database database;
    private final Rollups rollups;
    private volatile int maxPerEventType = MAX_PER_EVENT_TYPE;

    public PostgresMeters(Database database, Rollups rollups) {
        this.database = database;
        this.rollups = rollups;
    }

    @Override
    public List<Meter> list(boolean includeDeleted) {
        return database.read(() -> database.sql()
                .sql(includeDeleted ? "select * from meter" : "select * from meter where deleted_at is null")
                .query((row, n) -> StoredMeter.of(row))
                .list());
    }

    @Override
    public Optional<Meter> find(String idOrSlug) {
        return database.read(() -> database
                .sql()
                .sql(
                        "select * from meter where id = :key or (slug = :key and deleted_at is null) order by id = :key desc")
                .param("key", Texts.key(idOrSlug))
                .query((row, n) -> StoredMeter.of(row))
                .list()
                .stream()
                .findFirst());
    }

    @Override
    public void add(Meter meter) {
        try {
            database.write(() -> {
                Locks.metersChange(database);
                checkCount(meter);
                return bind(INSERT, meter)
                        .param("upTo", lastPosition())
                        .param("earliest", earliest(meter))
                        .update();
            });
        } catch (DuplicateKeyException taken) {
            throw Refusal.conflict("meter with the same slug already exists");
        }
        rollups.backfill(meter.id());
    }

    /** Each event of the type is read by all of its meters, so their number bounds the memory and the time of a batch. */
    private void checkCount(Meter meter) {
        int count = database.sql()
                .sql("select count(*) from meter where event_type = :type and deleted_at is null")
                .param("type", meter.eventType())
                .query(Integer.class)
                .single();
        if (count >= maxPerEventType) {
            throw Meters.tooMany(meter.eventType(), maxPerEventType);
        }
    }

    /** Limits the meters of an event type. Existing meters stay. */
    public void limitPerEventType(int maximum) {
        maxPerEventType = maximum;
    }

    @Override
    public void replace(Meter meter) {
        boolean isRestarted = database.writeLong(() -> {
            Locks.metersChange(database);
            LiveMeter before = StoredMeter.live(database, meter.id())
                    .orElseThrow(() -> Refusal.notFound("meter not found: " + meter.id()));
            checkFeatures(before.reader().meter(), meter);
            boolean isRegrouped = !before.reader().meter().groupBy().equals(meter.groupBy());
            if (isRegrouped && !meter.isDeleted() && DeltaSources.exist(database)) {
                throw Refusal.conflict(
                        "the groupBy of a meter cannot change after Kafka Streams has counted usage, because"
                                + " its events are not in the database; create another meter");
            }
            bind(UPDATE, meter).update();
            if (isRegrouped || meter.isDeleted()) {
                rollups.delete(before.rollup());
            }
            if (isRegrouped && !meter.isDeleted()) {
                database.sql()
                        .sql(RESTART_BACKFILL)
                        .param("id", meter.id())
                        .param("upTo", lastPosition())
                        .param("earliest", earliest(meter))
                        .update();
            }
            return isRegrouped && !meter.isDeleted();
        });
        if (isRestarted) {
            rollups.backfill(meter.id());
        }
    }

    /**
     * Refuses a change that removes a meter, or a group-by key, that a feature needs. The caller holds the lock for
     * changes of meters, which the creation of a feature shares: so no feature can start to need the meter or the key
     * meanwhile (ADR 11).
     */
    private void checkFeatures(Meter before, Meter after) {
        Set<String> dropped = new HashSet<>(before.groupBy().keySet());
        dropped.removeAll(after.groupBy().keySet());
        if (!after.isDeleted() && dropped.isEmpty()) {
            return;
        }
        for (Feature feature : StoredFeature.inUse(database, before.id())) {
            if (after.isDeleted()) {
                throw Refusal.conflict("the meter is in use by the feature " + feature.key(), feature.id());
            }
            if (feature.groupByKeys().stream().anyMatch(dropped::contains)) {
                throw Refusal.conflict(
                        "a groupBy key is in use by the feature " + feature.key() + ": " + dropped, feature.id());
            }
        }
    }

    /**
     * The last position before the change. In-flight appends have ended, so every position assigned so far is at or
     * below that of the next transaction number.
     */
    private long lastPosition() {
        return database.sql()
                        .sql("select nextval('usage_position')")
                        .query(Long.class)
                        .single()
                << StoredEvent.PLACE_BITS;
    }

    private static long earliest(Meter meter) {
        return meter.eventFrom() == null ? Long.MIN_VALUE : Micros.of(meter.eventFrom()) - 1;
    }

    private StatementSpec bind(String sql, Meter meter) {
        return database.sql()
                .sql(sql)
                .param("id", meter.id())
                .param("slug", meter.slug())
                .param("name", meter.name())
                .param("description", meter.description())
                .param("metadata", DataJson.write(meter.metadata()))
                .param("aggregation", meter.aggregation().name())
                .param("eventType", meter.eventType())
                .param("eventFrom", Micros.ofNullable(meter.eventFrom()))
                .param("valueProperty", meter.valueProperty())
                .param("groupBy", DataJson.write(meter.groupBy()))
                .param("createdAt", Micros.of(meter.createdAt()))
                .param("updatedAt", Micros.of(meter.updatedAt()))
                .param("deletedAt", Micros.ofNullable(meter.deletedAt()));
    }
}
