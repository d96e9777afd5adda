package dev.odometer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.RecordedEvent;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.rollup.Pace;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Migrations of databases with data of earlier versions. */
class MigrationsIT {

    private static DataSource at(String version) {
        DataSource source = TestDatabase.newDatabase("at_" + version);
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:odometer/migrations")
                .table("odometer_migration")
                .target(version)
                .load()
                .migrate();
        return source;
    }

    @Test
    void keepsTheKeysOfRaisedNotifications() {
        DataSource source = at("9");
        JdbcClient sql = JdbcClient.create(source);
        sql.sql("""
                insert into notification (id, key, rule_id, rule, payload, created_at)
                values ('a', '\\x01', 'r', '{}', '{}', 1), ('test', null, 'r', '{}', '{}', 2)
                """).update();

        Migrations.apply(source);

        assertThat(sql.sql("select key from notification_told")
                        .query(byte[].class)
                        .list())
                .containsExactly(new byte[] {1});
        assertThat(sql.sql("select id from notification order by id")
                        .query(String.class)
                        .list())
                .containsExactly("a", "test");
    }

    @Test
    void sortsDeltasBySeries() {
        DataSource source = at("10");
        JdbcClient sql = JdbcClient.create(source);
        sql.sql("""
                insert into rollup_delta (kind, entries, series, minute, count, amount, first_at, last_at, last_position)
                values ('ADD', 3, '{7,3,7}', '{120,60,60}', '{1,2,3}', '{0.10,null,30}', '{11,12,13}', '{21,22,23}',
                    '{31,32,33}')
                """).update();
        sql.sql("insert into distinct_delta (entries, series, minute, value) values (2, '{9,4}', '{60,0}', '{x,y}')")
                .update();

        Migrations.apply(source);

        assertThat(sql.sql("select d::text from (select series, minute, count, amount, first_at, last_at, last_position"
                                + " from rollup_delta) d")
                        .query(String.class)
                        .single())
                .isEqualTo("(\"{3,7,7}\",\"{60,60,120}\",\"{2,3,1}\",\"{NULL,30,0.10}\",\"{12,13,11}\",\"{22,23,21}\","
                        + "\"{32,33,31}\")");
        assertThat(sql.sql("select (series, minute)::text || encode(value[1], 'escape') from distinct_delta")
                        .query(String.class)
                        .single())
                .isEqualTo("(\"{4,9}\",\"{0,60}\")y");
    }

    /** The keys and attributes of stored events are those that this version computes. */
    @Test
    void keepsEventsAndRecognizesTheirRepeats() {
        DataSource source = at("23");
        List<UsageEvent> events = List.of(
                event("https://zoë.example/😀", "e-1", "application/json", "https://example.com/schema"),
                event("https://zoë.example/😀", "e-2", null, null),
                event("a", "e-2", null, "application/json"),
                event("a", "e-3", "application/json", null));
        JdbcClient sql = JdbcClient.create(source);
        for (UsageEvent event : events) {
            sql.sql("""
                    insert into usage_event (key, position, source, id, type, subject, happened_at, recorded_at,
                        datacontenttype, dataschema, data)
                    values (:key, :n, :source, :id, :type, :subject, 1000000, 1, :content, :schema, '{"n":1.50}')
                    """)
                    .param("key", new Digest().of(event.source(), event.id()))
                    .param("n", events.indexOf(event) + 1)
                    .param("source", event.source())
                    .param("id", event.id())
                    .param("type", event.type())
                    .param("subject", event.subject())
                    .param("content", event.datacontenttype())
                    .param("schema", event.dataschema())
                    .update();
        }

        Migrations.apply(source);

        var store = TestDatabase.store(source, Clock.systemUTC(), Pace.DEFAULT);
        assertThat(store.usage().append(events)).containsOnly(Receipt.ALREADY_RECORDED);
        assertThat(store.usage().list(new EventSearch(null, null, null, null, null, null, null, null, 10)))
                .extracting(RecordedEvent::event)
                .containsExactlyInAnyOrderElementsOf(events);
        assertThat(sql.sql("select count(*) from event_attributes")
                        .query(Long.class)
                        .single())
                .isEqualTo(4);
    }

    private static UsageEvent event(String source, String id, @Nullable String content, @Nullable String schema) {
        return new UsageEvent(
                "1.0",
                id,
                source,
                "prompt",
                "acme",
                Instant.EPOCH.plusSeconds(1),
                content,
                schema,
                Map.of("n", new BigDecimal("1.50")));
    }

    /** Each reason is a sentence, also inside the exceptions of a pool. */
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://127.0.0.1:1/postgres, postgres, refused",
        "jdbc:postgresql://nowhere.invalid/postgres, postgres, nowhere.invalid",
        "absent, postgres, database \"absent\" does not exist",
        "postgres, absent, role \"absent\" does not exist"
    })
    void refusesADatabaseThatAcceptsNoConnection(String database, String user, String reason) {
        String own = TestDatabase.url();
        var config = new HikariConfig();
        config.setJdbcUrl(
                database.startsWith("jdbc:") ? database : own.substring(0, own.lastIndexOf('/') + 1) + database);
        config.setUsername(user);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(1000);
        try (var pool = new HikariDataSource(config)) {
            assertThatThrownBy(() -> Migrations.apply(pool))
                    .isInstanceOf(StartRefusal.class)
                    .hasMessageStartingWith("The database does not accept a connection: ")
                    .hasMessageContaining(reason);
        }
    }
}
