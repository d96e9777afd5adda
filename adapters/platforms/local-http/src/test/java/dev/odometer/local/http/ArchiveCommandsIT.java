package dev.odometer.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.files.folder.FolderFileStore;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.local.http.database.EmbeddedDatabase;
import dev.odometer.metering.archive.EventArchive;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.Migrations;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.archive.ArchiveFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two events of each of two subjects on a day, in the archive. */
class ArchiveCommandsIT {

    private static final Instant DAY = Instant.parse("2026-01-10T00:00:00Z");

    @TempDir
    static Path folder;

    private static EmbeddedDatabase database;
    private static JdbcTemplate sql;
    private static PostgresStore store;

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.start(folder.resolve("data"));
        var source = new DriverManagerDataSource(database.url(), EmbeddedDatabase.USER, database.password());
        Migrations.apply(source);
        sql = new JdbcTemplate(source);
        store = new PostgresStore(source, Clock.systemUTC());
        store.archiveIn(new ArchiveFiles(
                () -> Optional.of(new FolderFileStore(folder.resolve("files"))), "archive", "events/"));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void archives() {
        sql.execute("truncate usage_event, archive_part, archive_block, archive_identity, archive_era, archive_hold");
        store.usage().append(events());
        EventArchive archive = store.archive();
        while (archive.archive(DAY.plusSeconds(86_400))) {}
        assertThat(ids()).isEmpty();
    }

    private static List<UsageEvent> events() {
        return Stream.of("1", "2", "3", "4")
                .map(id -> new UsageEvent(
                        "1.0", id, "s", "call", Integer.parseInt(id) < 3 ? "acme" : "jo", DAY, null, null, null))
                .toList();
    }

    private static List<String> ids() {
        return sql.queryForList("select id from usage_event order by id", String.class);
    }

    private static void run(String... command) {
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(
                "--odometer.database.url=" + database.url(),
                "--odometer.database.user=" + EmbeddedDatabase.USER,
                "--odometer.database.password=" + database.password(),
                "--odometer.files.folder=" + folder.resolve("files"),
                "--odometer.archive.container=archive"));
        ArchiveCommands.run(arguments.toArray(String[]::new));
    }

    @Test
    void bringsDaysBackAndKeepsThem() {
        run("unarchive", "--from=2026-01-10", "--to=2026-01-11", "--keep-days=2");

        assertThat(ids()).containsExactly("1", "2", "3", "4");
        assertThat(store.archive().archive(DAY.plusSeconds(86_400))).isFalse();
        assertThat(store.usage().append(events())).containsOnly(Receipt.ALREADY_RECORDED);
    }

    @Test
    void erasesTheEventsOfASubject() {
        run("erase", "--subject=jo");

        run("unarchive", "--from=2026-01-10", "--to=2026-01-11");
        assertThat(ids()).containsExactly("1", "2");
        assertThat(store.usage().append(events())).containsOnly(Receipt.ALREADY_RECORDED);
    }

    @Test
    void failsIfAFileIsMissing() throws IOException {
        String key = sql.queryForObject("select key from archive_part", String.class);
        Files.delete(folder.resolve("files/archive").resolve(String.valueOf(key)));

        assertThatThrownBy(() -> run("unarchive", "--from=2026-01-10", "--to=2026-01-11"))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("could not be read: 1");
        assertThatThrownBy(() -> run("erase", "--subject=jo"))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("could not be read: 1");
        assertThat(ids()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "unarchive, needs --from",
        "unarchive --from=2026-01-10, needs --to",
        "unarchive --from=2026-01-10T00:00:00Z --to=2026-01-11, --from is not a day",
        "unarchive --from=2026-02-30 --to=2026-03-11, --from is not a day",
        "unarchive --from=2026-01-11 --to=2026-01-11, --to must be after --from",
        "unarchive --from=2026-01-10 --to=2026-01-11 --keep-days=0, --keep-days must be",
        "erase, needs a subject",
        "erase --subject=, needs a subject",
        "erase --subject=jo --subject=acme, given 2 times"
    })
    void refusesWrongOptions(String command, String reason) {
        assertThatThrownBy(() -> run(command.split(" ")))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining(reason);
        assertThat(sql.queryForObject("select sum(events) from archive_part", Long.class))
                .isEqualTo(4);
    }
}
