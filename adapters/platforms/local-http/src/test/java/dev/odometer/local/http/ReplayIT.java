package dev.odometer.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.local.http.database.EmbeddedDatabase;
import dev.odometer.postgres.Migrations;
import dev.odometer.postgres.PostgresStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class ReplayIT {

    @TempDir
    static Path folder;

    private static EmbeddedDatabase database;
    private static JdbcTemplate sql;
    private static DeadLetterStore deadLetters;

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.start(folder);
        var source = new DriverManagerDataSource(database.url(), EmbeddedDatabase.USER, database.password());
        Migrations.apply(source);
        sql = new JdbcTemplate(source);
        deadLetters = new PostgresStore(source, Clock.systemUTC()).deadLetters();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        sql.execute("truncate parked_item, usage_event");
    }

    private static DeadLetter item(String channel, String id, String body) {
        return new DeadLetter(
                channel,
                "queue",
                id,
                "it was too early",
                null,
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
    }

    private static String event(int id) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"u\"}";
    }

    private static void replay(String... options) {
        var arguments = new ArrayList<>(List.of(
                "replay",
                "--odometer.database.url=" + database.url(),
                "--odometer.database.user=" + EmbeddedDatabase.USER,
                "--odometer.database.password=" + database.password()));
        arguments.addAll(List.of(options));
        Replay.run(arguments.toArray(String[]::new));
    }

    private static int counted() {
        return sql.queryForList("select id from usage_event").size();
    }

    @Test
    void deletesProcessedDeadLettersAndKeepsTheOthers() {
        deadLetters.store(
                List.of(item("usage", "1", event(1)), item("usage", "2", "nonsense"), item("other", "3", event(3))));

        replay("--channel=usage");

        assertThat(counted()).isEqualTo(1);
        assertThat(sql.queryForList("select id from parked_item order by id", String.class))
                .containsExactly("2", "3");
    }

    @Test
    void processesAnEventWithoutDataInBinaryMode() {
        Map<String, String> attributes =
                Map.of("specversion", "1.0", "id", "1", "source", "s", "type", "t", "subject", "größe");
        deadLetters.store(
                List.of(new DeadLetter("usage", "topic", "1", "a bug", null, attributes, new byte[0], Instant.EPOCH)));

        replay("--channel=usage");

        assertThat(sql.queryForList("select subject from usage_event", String.class))
                .containsExactly("größe");
        assertThat(deadLetters.list("usage", 0, 10)).isEmpty();
    }

    @Test
    void processesAllPages() {
        deadLetters.store(IntStream.range(0, 250)
                .mapToObj(i -> item("usage", "m" + i, i % 2 == 0 ? event(i) : "nonsense"))
                .toList());

        replay("--channel=usage");

        assertThat(counted()).isEqualTo(125);
        assertThat(deadLetters.list("usage", 0, 1000)).hasSize(125);
    }

    @Test
    void countsADuplicateOnce() {
        deadLetters.store(List.of(item("usage", "1", event(1))));
        replay("--channel=usage");
        deadLetters.store(List.of(item("usage", "1", event(1))));

        replay("--channel=usage");

        assertThat(counted()).isEqualTo(1);
        assertThat(deadLetters.list("usage", 0, 10)).isEmpty();
    }

    @Test
    void requiresAKnownChannel() {
        assertThatThrownBy(() -> replay("--channel=orders"))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("orders");
        assertThatThrownBy(ReplayIT::replay).isInstanceOf(StartRefusal.class);
    }

    @Test
    void requiresADatabase() {
        assertThatThrownBy(() -> Replay.run(new String[] {"replay", "--channel=usage"}))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("database");
    }
}
