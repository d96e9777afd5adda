package dev.odometer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.notification.DeliverySignal;
import dev.odometer.metering.notification.ExamplePayloads;
import dev.odometer.postgres.jdbc.Schema;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The readiness of a process whose database has a schema of another version. */
class SchemaIT {

    private static Optional<String> problem(DataSource source) {
        return new Schema(source).problem();
    }

    private static DataSource at(String version) {
        DataSource source = TestDatabase.newDatabase("schema_at_" + version);
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:" + Schema.LOCATION)
                .table(Schema.TABLE)
                .target(version)
                .load()
                .migrate();
        return source;
    }

    private static DataSource migrated(String name, int version, String description) {
        DataSource source = TestDatabase.newDatabase(name);
        Migrations.apply(source);
        JdbcClient.create(source)
                .sql("""
                        insert into odometer_migration
                            (installed_rank, version, description, type, script, installed_by, execution_time, success)
                        values (99, :version, :description, 'SQL', 'x', 'x', 1, true)
                        """)
                .param("version", String.valueOf(version))
                .param("description", description)
                .update();
        return source;
    }

    @Test
    void isReadyWithTheSchemaOfThisVersion() {
        assertThat(problem(TestDatabase.source())).isEmpty();
    }

    @Test
    void isNotReadyWithoutTables() {
        assertThat(problem(TestDatabase.newDatabase("schema_missing")))
                .contains("the database has no tables of Odometer: run the command migrate");
    }

    @Test
    void isNotReadyWithAnOlderSchema() {
        assertThat(problem(at("9")).orElseThrow())
                .matches("the database schema has version 9, but version \\d+ is required: "
                        + "run the command migrate of this release");
    }

    @Test
    void isReadyWithANewerSchema() {
        assertThat(problem(migrated("schema_newer", 999, "an index"))).isEmpty();
    }

    @Test
    void isNotReadyWithANewerSchemaThatIsBreaking() {
        assertThat(problem(migrated("schema_breaking", 999, "breaking change of keys")))
                .contains(
                        "the database schema has version 999, which this release does not support: update this process");
    }

    /** A process that is replaced the wrong way round does not start, and changes nothing. */
    @Test
    void doesNotStartOnANewerSchemaThatIsBreaking() {
        DataSource source = migrated("schema_breaking_start", 999, "breaking change of keys");

        assertThatThrownBy(() -> Migrations.apply(source))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("the database schema has version 999, which this release does not support: "
                        + "update this process");
    }

    @Test
    void startsOnANewerSchema() {
        Migrations.apply(migrated("schema_newer_start", 999, "an index"));
    }

    @Test
    void doesNotStartOnAnUnknownMigration() {
        DataSource source = migrated("schema_unknown", 0, "of another program");

        assertThatThrownBy(() -> Migrations.apply(source))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("its schema has migrations that this release does not have");
    }

    @Test
    void doesNotStartOnTheDatabaseOfAnotherProgram() {
        DataSource source = TestDatabase.newDatabase("schema_foreign");
        JdbcClient.create(source).sql("create table invoice (id int)").update();

        assertThatThrownBy(() -> Migrations.apply(source))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("it has tables, but not the table odometer_migration");
    }

    @Test
    void isNotReadyForAUserWithoutThePrivilegeToReadTheTables() {
        JdbcClient.create(TestDatabase.source())
                .sql("create role stranger login")
                .update();
        var source = new DriverManagerDataSource(TestDatabase.url().replace("user=postgres", "user=stranger"));

        assertThat(problem(source))
                .contains("the database user cannot read the table odometer_migration: grant select on all tables");
    }

    @Test
    void aRequestIsUnavailableWithoutTablesAndWithAnOlderSchema() {
        assertUnavailable(TestDatabase.newDatabase("schema_used"), "the database has no tables of Odometer");
        assertUnavailable(at("2"), "the database schema has version 2, but");
    }

    /** No table and no column is missing, so only the comparison can tell. */
    @Test
    void refusesWorkOnASchemaThatWasFoundNotToFitUntilItDoes() {
        DataSource source = at("10");
        var schema = new Schema(source);
        var store = new PostgresStore(schema, Clock.systemUTC(), ExamplePayloads::new, DeliverySignal.NONE);
        schema.problem();

        assertThatThrownBy(() -> store.exports().list(null, 1))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.detail()).startsWith("the database schema has version 10, but"));
        Migrations.apply(source);

        assertThat(store.exports().list(null, 1)).isEmpty();
    }

    /** A function has no readiness probe: its first connection compares. */
    @Test
    void aFunctionComparesTheSchemaWithItsFirstConnection() throws Exception {
        String url = TestDatabase.url().replace("/postgres?", "/schema_at_8?");
        at("8");
        try (var application = new SpringApplicationBuilder(PostgresConfiguration.class)
                .web(WebApplicationType.NONE)
                .properties("odometer.database.url=" + url, "odometer.cold-start=true", "logging.level.root=OFF")
                .run()) {
            Meters meters = application.getBean(Meters.class);
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
            while (isServed(meters)) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(20);
            }

            assertThatThrownBy(() -> meters.find("any"))
                    .hasMessageStartingWith("the database schema has version 8, but");
        }
    }

    private static boolean isServed(Meters meters) {
        try {
            meters.find("any");
            return true;
        } catch (Refusal refusal) {
            return false;
        }
    }

    private static void assertUnavailable(DataSource source, String sentence) {
        var store = new PostgresStore(source, Clock.systemUTC());

        assertThatThrownBy(() -> store.exports().list(null, 1)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(RefusalKind.UNAVAILABLE);
            assertThat(refusal.detail()).startsWith(sentence);
        });
    }
}
